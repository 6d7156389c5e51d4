using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Hosting;

/// <summary>Calls of a group: their exceptions, and their cancellation while the only node is silent.</summary>
public sealed class GroupCallsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly NodeId N1 = new("n1");

    private readonly ActorSystem _system = ActorSystem.Create("calls", RaftConfig.Reference);

    private static IReadOnlyDictionary<string, Func<IRaftGroup, CancellationToken, Task>> Calls { get; } =
        new Dictionary<string, Func<IRaftGroup, CancellationToken, Task>>
        {
            [nameof(IRaftGroup.GetStatusAsync)] = (group, token) => group.GetStatusAsync(Patience, N1, token),
            ["GetStatusAsync of the leader"] = (group, token) => group.GetStatusAsync(Patience, null, token),
            [nameof(IRaftGroup.GetClusterAsync)] = (group, token) => group.GetClusterAsync(Patience, token),
            [nameof(IRaftGroup.GetLogAsync)] = (group, token) => group.GetLogAsync(new LogIndex(1), 1, Patience, N1, token),
            [nameof(IRaftGroup.TransferLeadershipAsync)] = (group, token) => group.TransferLeadershipAsync(N1, Patience, token),
            [nameof(IRaftGroup.TakeSnapshotAsync)] = (group, token) => group.TakeSnapshotAsync(Patience, N1, token),
            [nameof(GroupInspection.GetActorsAsync)] = (group, token) =>
                group.Inspection.GetActorsAsync(new GetActors("/", 1, 1), Patience, N1, token),
            [nameof(GroupInspection.DiagnoseAllAsync)] = (group, token) => group.Inspection.DiagnoseAllAsync(Patience, token),
        };

    public static TheoryData<string> Names => [.. Calls.Keys];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cancelled_call_ends_at_once_and_leaves_no_actor_behind(string name)
    {
        using var cancellation = new CancellationTokenSource();
        var call = Calls[name](SilentGroup(), cancellation.Token);
        Assert.False(call.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.True(SpinWait.SpinUntil(() => PendingAsks() == 0, Patience));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_whose_token_is_already_cancelled_sends_nothing(string name)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Calls[name](SilentGroup(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_node_that_is_down_refuses_or_is_too_new_has_an_exception_that_carries_the_reason()
    {
        var down = new NodeDown(N1, "its disk is full.", IsHalted: true);

        var isDown = await Assert.ThrowsAsync<NodeDownException>(() => AskAsync(down));
        var refused = await Assert.ThrowsAsync<TransferRefusedException>(
            () => AskAsync(new TransferRefused(TransferRefusal.Conflict, "n2 leads already.")));
        var noSnapshot = await Assert.ThrowsAsync<SnapshotRefusedException>(() => AskAsync(new SnapshotRefused("Too early.")));
        var unknown = await Assert.ThrowsAsync<NoAnswerException>(() => AskAsync("of a newer version"));

        Assert.Equal(("n1 is unavailable: its disk is full.", down), (isDown.Message, isDown.Down));
        Assert.Equal((TransferRefusal.Conflict, "n2 leads already."), (refused.Refusal, refused.Message));
        Assert.Equal("Too early.", noSnapshot.Message);
        Assert.Equal("n1 gave an answer that this version does not know.", unknown.Message);
        Assert.All<Exception>([isDown, refused, noSnapshot, unknown], e => Assert.IsAssignableFrom<RaftGroupException>(e));
    }

    [Fact]
    public async Task A_silent_node_and_an_unknown_node_have_exceptions_of_the_same_family()
    {
        var group = SilentGroup();

        var silent = await Assert.ThrowsAsync<NoAnswerException>(() => group.GetStatusAsync(TimeSpan.FromMilliseconds(10), N1));
        var unknown = await Assert.ThrowsAsync<NoSuchNodeException>(() => group.GetStatusAsync(Patience, new NodeId("n9")));

        Assert.StartsWith("n1 did not answer within 0.01 s", silent.Message, StringComparison.Ordinal);
        Assert.Equal("No address is known of a node n9. Known are n1.", unknown.Message);
        Assert.All<Exception>([silent, unknown], e => Assert.IsAssignableFrom<RaftGroupException>(e));
    }

    /// <summary>Akka removes the actor of an ask just after the ask has ended.</summary>
    private int PendingAsks() =>
        Assert.Single(ActorTreeReader.Read((ExtendedActorSystem)_system, new GetActors("/temp", 0, 1)).Actors).Children;

    private RaftGateway SilentGroup() => new(_system, new NodeDirectory([RaftMember.Parse("n1=127.0.0.1:1")]));

    private Task<NodeStatus> AskAsync(object answer)
    {
        var node = _system.ActorOf(Props.Create(() => new Answering(answer)));
        return GroupNodes.AskAsync<NodeStatus>(node, N1, GetStatus.Instance, Patience, CancellationToken.None);
    }

    private sealed class Answering : ReceiveActor
    {
        public Answering(object answer) => ReceiveAny(_ => Sender.Tell(answer));
    }
}
