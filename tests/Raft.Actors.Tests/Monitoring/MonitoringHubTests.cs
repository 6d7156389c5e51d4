using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Raft.Actors.Configuration;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Xunit;
using static Raft.Actors.Tests.Monitoring.MonitoringViews;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>A real hub in virtual time; the test answers for the nodes, and DistributedPubSub is a probe.</summary>
public sealed class MonitoringHubTests : TestKit
{
    private const string SystemConfig = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.scheduler.implementation = "Raft.Actors.Tests.Fixtures.VirtualTime, Raft.Actors.Tests"
        """;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<TaskCompletionSource<IReadOnlyList<NodeView>>> _polls = new();
    private readonly RaftMonitor _monitor = new();
    private readonly TestProbe _mediator;
    private readonly IActorRef _hub;

    public MonitoringHubTests()
        : base(ConfigurationFactory.ParseString(SystemConfig).WithFallback(RaftConfig.Reference))
    {
        _mediator = CreateTestProbe("mediator");
        _hub = Sys.ActorOf(Props.Create(() => new MonitoringHub(_mediator, _monitor, Group, _ => Poll())));
        _mediator.ExpectMsg<Subscribe>(s => Assert.Equal(MonitoringTopics.Nodes(Group), s.Topic));
        Pass(TimeSpan.Zero);
    }

    private NodeView Only => Assert.Single(_monitor.Current.Nodes);

    [Fact]
    public void What_a_node_publishes_is_known_at_once()
    {
        Hear(Leads(N1, 7));

        Assert.Equal(RaftRole.Leader, Only.Status!.Role);
    }

    [Fact]
    public void A_node_that_publishes_nothing_is_polled_once_a_second()
    {
        Answer(ViewOf(Follows(N1, 7, N2)));
        Pass(Second);
        Answer(ViewOf(Leads(N1, 8)));

        Assert.Equal(new Term(8), Only.Status!.Term);
    }

    [Fact]
    public void An_answer_does_not_undo_what_was_published_after_the_poll()
    {
        Hear(Leads(N1, 8));
        Answer(ViewOf(Campaigns(N1, 8)));

        Assert.Equal(RaftRole.Leader, Only.Status!.Role);
    }

    [Fact]
    public void A_node_that_neither_answers_nor_publishes_is_unreachable()
    {
        Answer(ViewOf(Leads(N1, 7)));
        Pass(Second);
        Answer(Silent(N1));

        Assert.False(Only.IsReachable);
    }

    [Fact]
    public void A_node_that_publishes_is_reachable_whatever_becomes_of_the_poll()
    {
        Hear(Leads(N1, 7));
        Answer(Silent(N1));

        Assert.True(Only.IsReachable);
    }

    [Fact]
    public void Only_a_limited_number_of_unknown_names_is_accepted_between_two_polls()
    {
        for (var i = 0; i < 1000; i++) _hub.Tell(Leads(new NodeId($"stranger-{i}"), 7));
        Settle();
        Assert.InRange(_monitor.Current.Nodes.Count, 1, MonitoringHub.MaxUnpolled);

        Answer();
        Pass(Second);
        Answer(ViewOf(Leads(N1, 7)));

        Assert.Equal(N1, Only.Node.NodeId);
        Hear(Leads(N2, 8));
        Assert.Equal(2, _monitor.Current.Nodes.Count);
    }

    [Fact]
    public void The_activity_is_that_of_the_newest_leader()
    {
        Hear(new LeaderActivity(N2, new Term(8), 100, null, null));
        Hear(new LeaderActivity(N1, new Term(7), 3, null, null));

        Assert.Equal([100.0], _monitor.Current.Samples.Select(s => s.WritesPerSecond));
    }

    [Fact]
    public void A_second_without_a_leader_is_a_sample_without_numbers()
    {
        Hear(new LeaderActivity(N2, new Term(8), 100, null, null));
        Pass(Second);
        Pass(Second);

        Assert.Equal([100.0, null], _monitor.Current.Samples.Select(s => s.WritesPerSecond));
    }

    [Fact]
    public async Task Nodes_learn_at_once_that_somebody_watches()
    {
        Answer(ViewOf(Leads(N1, 7)));
        Assert.False(Wanted().IsWatched);

        await using var reader = _monitor.WatchAsync().GetAsyncEnumerator();
        await reader.MoveNextAsync();
        _hub.Tell(MonitoringHub.Watched.Instance);

        Assert.True(Wanted().IsWatched);
    }

    private Task<IReadOnlyList<NodeView>> Poll()
    {
        var poll = new TaskCompletionSource<IReadOnlyList<NodeView>>();
        _polls.Enqueue(poll);
        return poll.Task;
    }

    private MonitoringRequested Wanted() => Assert.IsType<MonitoringRequested>(_mediator.ExpectMsg<Publish>().Message);

    private void Hear(object news)
    {
        _hub.Tell(news);
        Settle();
    }

    private void Answer(params NodeView[] views)
    {
        // Outside the test's synchronization context, the hub gets the answer before this method continues. Waiting for a task
        // could run it on this thread.
        var thread = new Thread(() => _polls.Dequeue().SetResult(views));
        thread.Start();
        thread.Join();
        Settle();
    }

    private void Pass(TimeSpan time)
    {
        Settle();
        ((TestScheduler)Sys.Scheduler).Advance(time);
        Settle();
    }

    /// <summary>The hub has handled all its messages.</summary>
    private void Settle() => _hub.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(10)).Wait();
}
