using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Xunit;
using MemberStatus = Akka.Cluster.MemberStatus;

namespace Raft.Host.Tests.Hosting;

/// <summary>
/// Which unreachable members are removed from the Akka cluster. Members are listed from the oldest to the youngest.
/// </summary>
public sealed class DeparturesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    [Fact]
    public void A_silent_Raft_node_stays_however_long_it_is_silent() => Stay(Node("n1", 1, Long), Node("n2", 2), Node("n3", 3));

    [Fact]
    public void A_silent_Raft_node_goes_when_its_successor_is_there() => Go(1, Node("n1", 1, TimeSpan.Zero), Node("n1", 2));

    [Fact]
    public void A_successor_that_is_silent_too_is_still_the_younger_one() => Go(1, Node("n1", 1, Long), Node("n1", 2, Long));

    [Fact]
    public void A_silent_successor_stays_while_its_predecessor_is_there() => Stay(Node("n1", 1), Node("n1", 2, Long));

    [Fact]
    public void A_lighthouse_may_be_silent_for_less_than_half_a_minute() =>
        Stay(Lighthouse(1, TimeSpan.FromSeconds(29)), Node("n1", 2));

    [Fact]
    public void A_lighthouse_that_is_silent_for_half_a_minute_goes() =>
        Go(1, Lighthouse(1, TimeSpan.FromSeconds(30)), Node("n1", 2));

    [Theory]
    [InlineData(MemberStatus.Leaving)]
    [InlineData(MemberStatus.Exiting)]
    public void Who_was_about_to_leave_goes_at_once(MemberStatus status) =>
        Go(1, Node("n1", 1, TimeSpan.Zero) with { Status = status }, Node("n2", 2));

    [Fact]
    public void Who_leaves_and_is_reachable_leaves_by_itself() =>
        Stay(Node("n1", 1) with { Status = MemberStatus.Leaving }, Node("n2", 2));

    [Fact]
    public void Who_is_down_already_is_not_told_again() =>
        Stay(Lighthouse(1, Long) with { Status = MemberStatus.Down }, Node("n1", 2));

    [Fact]
    public void Two_reachable_processes_of_one_name_are_found()
    {
        var twins = Departures.Twins([Node("n2", 1), Node("n1", 2), Lighthouse(3), Lighthouse(4), Node("n1", 5)]);

        Assert.Equal((new NodeId("n1"), AddressOf(2), AddressOf(5)), Assert.Single(twins));
    }

    [Fact]
    public void A_successor_of_a_silent_process_is_no_second_one() =>
        Assert.Empty(Departures.Twins([Node("n1", 1, Long), Node("n1", 2)]));

    private static void Stay(params AkkaMember[] members) => Assert.Empty(Departures.Find(members));

    private static void Go(int number, params AkkaMember[] members) =>
        Assert.Equal(AddressOf(number), Assert.Single(Departures.Find(members)).Address);

    private static AkkaMember Node(string node, int number, TimeSpan? silence = null) =>
        new(AddressOf(number), new NodeId(node), MemberStatus.Up, silence);

    private static AkkaMember Lighthouse(int number, TimeSpan? silence = null) =>
        new(AddressOf(number), Node: null, MemberStatus.Up, silence);

    private static Address AddressOf(int number) => new("akka.tcp", "raft", $"10.0.0.{number}", 4053);
}
