using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Raft.Actors.Configuration;
using Raft.Actors.Monitoring;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Xunit;
using static Raft.Actors.Tests.Monitoring.MonitoringViews;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>A real publisher in virtual time; the node and DistributedPubSub are probes.</summary>
public sealed class StatePublisherTests : TestKit
{
    private const string SystemConfig = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.scheduler.implementation = "Raft.Actors.Tests.Fixtures.VirtualTime, Raft.Actors.Tests"
        """;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new("test");
    private readonly Histogram<double> _commits;
    private readonly TestProbe _mediator;
    private readonly TestProbe _node;
    private readonly IActorRef _publisher;

    public StatePublisherTests()
        : base(ConfigurationFactory.ParseString(SystemConfig).WithFallback(RaftConfig.Reference))
    {
        _commits = _meter.CreateHistogram<double>("raft.commit.duration");
        _mediator = CreateTestProbe("mediator");
        _node = CreateTestProbe("node");
        _publisher = Sys.ActorOf(Props.Create(() => new StatePublisher(_mediator, _node, N1, Group, _meter)));
        _mediator.ExpectMsg<Subscribe>(s => Assert.Equal(MonitoringTopics.Wanted(Group), s.Topic));
    }

    [Fact]
    public void A_new_role_is_published_at_once_although_no_monitor_requested_it()
    {
        Sys.EventStream.Publish(new RoleChanged(Group, N1, RaftRole.Leader, new Term(7), N1));

        Answers(Leads(N1, 7));

        Assert.Equal(Leads(N1, 7).Term, Published<NodeStatus>().Term);
    }

    [Fact]
    public void A_node_that_halted_is_published_with_its_reason()
    {
        Sys.EventStream.Publish(new NodeHalted(Group, N1, "its journal is damaged"));

        Answers(new NodeDown(N1, "its journal is damaged", IsHalted: true));

        Assert.True(Published<NodeDown>().IsHalted);
    }

    [Fact]
    public void Other_nodes_and_groups_of_the_ActorSystem_are_none_of_its_business()
    {
        Sys.EventStream.Publish(new RoleChanged(Group, N2, RaftRole.Leader, new Term(7), N2));
        Sys.EventStream.Publish(new RoleChanged(new GroupId("others"), N1, RaftRole.Leader, new Term(7), N1));

        IsQuiet();
    }

    [Fact]
    public void Without_monitors_the_node_is_not_polled()
    {
        Pass(100 * Second);

        IsQuiet();
    }

    [Fact]
    public void While_a_monitor_watches_it_polls_ten_times_a_second_and_publishes_what_is_new()
    {
        Wanted(isWatched: true);
        Answers(Leads(N1, 7));
        Answers(Leads(N1, 7));
        Published<NodeStatus>();

        Pass(Second / 10);
        Answers(Leads(N1, 7));
        Pass(Second / 10);
        Answers(Leads(N1, 7, commit: 5));

        Assert.Equal(new LogIndex(5), Published<NodeStatus>().CommitIndex);
        IsQuiet();
    }

    [Fact]
    public void Without_a_recent_request_to_watch_it_stops_polling_the_node()
    {
        Wanted(isWatched: true);
        _node.ExpectMsg<GetStatus>();
        _node.ExpectMsg<GetStatus>();

        Pass(5 * Second);
        _node.ReceiveWhile<object>(TimeSpan.FromMilliseconds(1), _ => true);
        Pass(5 * Second);

        IsQuiet();
    }

    [Fact]
    public void A_leader_publishes_what_it_committed_in_each_second()
    {
        Wanted(isWatched: false);
        Answers(Leads(N1, 7));
        Published<NodeStatus>();
        for (var i = 0; i < 10; i++) _commits.Record(0.004);

        Pass(Second);
        var activity = Published<LeaderActivity>();
        Pass(Second);

        Assert.Equal((10, new Term(7)), (activity.WritesPerSecond, activity.Term));
        Assert.InRange(activity.CommitP99!.Value.TotalMilliseconds, 4, 4.5);
        Assert.Equal(new LeaderActivity(N1, new Term(7), 0, null, null), Published<LeaderActivity>());
    }

    [Fact]
    public void A_follower_publishes_no_activity()
    {
        Wanted(isWatched: false);
        Answers(Follows(N1, 7, N2));
        Published<NodeStatus>();

        Pass(Second);

        IsQuiet();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _meter.Dispose();
    }

    private void Wanted(bool isWatched)
    {
        _publisher.Tell(new MonitoringRequested(isWatched));
        Settle();
        Pass(TimeSpan.Zero);
    }

    private void Pass(TimeSpan time)
    {
        ((TestScheduler)Sys.Scheduler).Advance(time);
        Settle();
    }

    /// <summary>The publisher has handled all its messages.</summary>
    private void Settle() => _publisher.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(10)).Wait();

    private void Answers(object status)
    {
        _node.ExpectMsg<GetStatus>();
        _publisher.Tell(status, _node);
        Settle();
    }

    private T Published<T>() => Assert.IsType<T>(_mediator.ExpectMsg<Publish>().Message);

    private void IsQuiet()
    {
        Settle();
        Assert.False(_node.HasMessages, "The node was asked.");
        Assert.False(_mediator.HasMessages, "Something was published.");
    }
}
