using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Raft.Programs.Addresses;
using Raft.Programs.Hosting;
using Raft.Programs.Joining;
using Xunit;

namespace Raft.Programs.Tests.Joining;

/// <summary>Real ActorSystems over loopback.</summary>
public sealed class JoiningTests : IAsyncLifetime
{
    private const string Nowhere = "127.0.0.1:1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_systems.Select(s => s.Terminate()));

    [Fact]
    public async Task A_cluster_that_was_formed_apart_comes_over_to_the_larger_one()
    {
        var (a, b, c) = (Free(), Free(), Free());
        var first = Start(a);
        var second = Start(b);
        var apart = Start(c);
        _ = AkkaMembership.Join(first, new JoiningOptions { Seeds = [a] });
        _ = AkkaMembership.Join(second, new JoiningOptions { Seeds = [a] });
        await MembersAsync(first, 2);

        // The process is its own seed, like a lighthouse that starts while it reaches no other one.
        Cluster.Get(apart).Join(Cluster.Get(apart).SelfAddress);
        await MembersAsync(apart, 1);
        var ended = AkkaMembership.Join(apart, new JoiningOptions { Seeds = [a] });

        var ending = await ended.WaitAsync(Patience);
        Assert.Contains("It moves there", ending.Reason, StringComparison.Ordinal);
        await apart.Terminate();
        _ = AkkaMembership.Join(Start(c), new JoiningOptions { Seeds = [c], Through = ending.Through });
        await MembersAsync(first, 3);
    }

    [Fact]
    public async Task A_lighthouse_that_starts_alone_joins_those_who_ask_it_and_forms_no_cluster_of_its_own()
    {
        var (node, lighthouse) = (Free(), Free());
        var member = Start(node);
        Cluster.Get(member).Join(Cluster.Get(member).SelfAddress);
        await MembersAsync(member, 1);
        _ = AkkaMembership.Join(member, new JoiningOptions { Seeds = [lighthouse] });

        var ended = AkkaMembership.Join(Start(lighthouse), new JoiningOptions { Seeds = [lighthouse] });

        await MembersAsync(member, 2);
        Assert.False(ended.IsCompleted);
    }

    [Fact]
    public async Task A_process_joins_through_members_that_it_knew_while_no_seed_node_is_there()
    {
        var (member, started) = (Free(), Free());
        var known = Start(member);
        Cluster.Get(known).Join(Cluster.Get(known).SelfAddress);

        _ = AkkaMembership.Join(
            Start(started), new JoiningOptions { Seeds = [new("nobody.invalid", 4053)], Known = () => [member] });

        await MembersAsync(known, 2);
    }

    /// <summary>
    /// Like a replacement of all containers at the same time: the new processes hear of the old ones last.
    /// </summary>
    [Fact]
    public async Task Processes_that_were_told_of_members_that_are_gone_do_not_keep_each_other_waiting()
    {
        var (a, b, gone) = (Free(), Free(), Free());
        var lighthouse = Start(a);

        _ = AkkaMembership.Join(lighthouse, new JoiningOptions { Seeds = [a], Known = () => [b], Through = [gone] });
        _ = AkkaMembership.Join(Start(b), new JoiningOptions { Seeds = [a], Through = [gone] });

        await MembersAsync(lighthouse, 2);
    }

    [Fact]
    public async Task A_process_that_is_put_out_of_the_cluster_is_told_to_start_again()
    {
        var (a, b) = (Free(), Free());
        var first = Start(a);
        _ = AkkaMembership.Join(first, new JoiningOptions { Seeds = [a] });
        var ended = AkkaMembership.Join(Start(b), new JoiningOptions { Seeds = [a] });
        await MembersAsync(first, 2);

        Cluster.Get(first).Down(b.In(Cluster.Get(first).SelfAddress));

        Assert.Contains("removed from the Akka cluster", (await ended.WaitAsync(Patience)).Reason, StringComparison.Ordinal);
    }

    /// <summary>The process has the other cluster's lighthouse, or one of its nodes, among its seed nodes.</summary>
    [Fact]
    public async Task A_process_of_another_Raft_cluster_is_not_joined_and_nobody_yields_to_it()
    {
        var (own, foreign) = (Free(), Free());
        var other = Start(foreign);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        other.ActorOf(Props.Create(() => new OtherCluster("b", answered)), Joiner.Name);
        var system = Start(own);
        var ended = AkkaMembership.Join(system, Of("a", own, foreign));

        await MembersAsync(system, 1);
        await answered.Task.WaitAsync(Patience);

        Assert.False(ended.IsCompleted);
        Assert.Single(Cluster.Get(system).State.Members);
    }

    [Fact]
    public async Task A_process_that_got_into_another_Raft_clusters_Akka_cluster_leaves_it()
    {
        var (a, b) = (Free(), Free());
        var first = Start(a);
        var second = Start(b);
        var stays = AkkaMembership.Join(first, Of("a", a));
        await MembersAsync(first, 1);
        Cluster.Get(second).Join(Cluster.Get(first).SelfAddress);
        await MembersAsync(first, 2);

        var ending = await AkkaMembership.Join(second, Of("b", b)).WaitAsync(Patience);

        Assert.Contains("belongs to Raft cluster b", ending.Reason, StringComparison.Ordinal);
        Assert.False(stays.IsCompleted);
    }

    [Fact]
    public async Task A_process_joins_nobody_before_its_node_knows_its_cluster()
    {
        var (a, b) = (Free(), Free());
        var first = Start(a);
        _ = AkkaMembership.Join(first, new JoiningOptions { Seeds = [a] });
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cluster = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        _ = AkkaMembership.Join(Start(b), new JoiningOptions
        {
            Seeds = [a],
            RaftCluster = () =>
            {
                if (++asked == 4) isAsked.TrySetResult();
                return cluster.Task;
            },
        });
        await MembersAsync(first, 1);
        await isAsked.Task.WaitAsync(Patience);
        Assert.Single(Cluster.Get(first).State.Members);

        cluster.SetResult("a");

        await MembersAsync(first, 2);
    }

    private static JoiningOptions Of(string cluster, params HostPort[] seeds) =>
        new() { Seeds = seeds, RaftCluster = () => Task.FromResult<string?>(cluster) };

    /// <summary>
    /// It sends the same text three times, like a process of another Akka cluster, but does not answer at its address.
    /// </summary>
    [Fact]
    public async Task A_stranger_who_can_t_be_asked_moves_nobody()
    {
        var (a, s) = (Free(), Free());
        var member = Start(a);
        Cluster.Get(member).Join(Cluster.Get(member).SelfAddress);
        await MembersAsync(member, 1);
        var ended = AkkaMembership.Join(member, new JoiningOptions { Seeds = [a] });
        var stranger = Start(s);

        foreach (var kind in new[] { "akka-members", "akka-members?" })
        {
            for (var i = 0; i < 3; i++) await SayAsync(stranger, a, $"{kind}\n{Nowhere}#1\n{Nowhere}#1\n{Nowhere}0#2");
        }

        Assert.False(ended.IsCompleted);
    }

    /// <summary>
    /// A process believes an answer once; after a move it ignores further ones for a while.
    /// </summary>
    [Fact]
    public async Task A_process_that_has_just_moved_stays_where_it_is()
    {
        var (a, s) = (Free(), Free());
        var member = Start(a);
        Cluster.Get(member).Join(Cluster.Get(member).SelfAddress);
        await MembersAsync(member, 1);
        var moves = new Moves(TimeProvider.System);
        moves.Note();
        var ended = AkkaMembership.Join(member, new JoiningOptions { Seeds = [a], Moves = moves });
        var stranger = Start(s);
        var told = $"{s}#1\n{s}#1\n{Nowhere}#2";
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stranger.ActorOf(Props.Create(() => new Pretender($"akka-members\n{told}", 4, asked)), Joiner.Name);

        for (var i = 0; i < 4; i++) await SayAsync(stranger, a, $"akka-members?\n{told}");
        await asked.Task.WaitAsync(Patience);
        await SayAsync(stranger, a, $"akka-members?\n{s}#1");

        Assert.False(ended.IsCompleted);
    }

    /// <summary>
    /// Sends a text to a process's joiner, and then a request, whose answer shows that the text was processed.
    /// </summary>
    private static async Task SayAsync(ActorSystem from, HostPort to, string text)
    {
        var joiner = from.ActorSelection($"{to.In(Cluster.Get(from).SelfAddress)}/user/{Joiner.Name}");
        joiner.Tell(text, ActorRefs.NoSender);
        await joiner.Ask<string>($"akka-members?\n{Nowhere}#9", Patience);
    }

    private static HostPort Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new HostPort("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    private static async Task MembersAsync(ActorSystem system, int count)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = system.ActorOf(Props.Create(() => new Watcher(count, arrived)));
        await arrived.Task.WaitAsync(Patience);
        system.Stop(watcher);
    }

    private ActorSystem Start(HostPort remote)
    {
        var own = new OwnAddress(remote);
        var config = Hocon.Parse("the test", "akka.loglevel = WARNING\n" + Hocon.Remote(own))
            .WithFallback(Hocon.Load("common.conf"));
        var system = ActorSystems.Start("raft", own, config);
        _systems.Add(system);
        return system;
    }

    /// <summary>
    /// Answers like a process of a larger Akka cluster, and reports when it has done so more often than needed to make others
    /// yield.
    /// </summary>
    private sealed class OtherCluster : ReceiveActor
    {
        private const int MoreThanEnough = 5;

        public OtherCluster(string raftCluster, TaskCompletionSource answered)
        {
            var self = AkkaClusterView.NameOf(Cluster.Get(Context.System).SelfUniqueAddress);
            var answers = 0;
            Receive<string>(text => AkkaClusterView.Parse(text) is { IsRequest: true }, _ =>
            {
                Sender.Tell(new ClusterNotice(self, raftCluster).ToString());
                Sender.Tell(new AkkaClusterView(IsRequest: false, self, [self, "10.0.0.1:4053#1", "10.0.0.2:4053#2"]).ToString());
                if (++answers == MoreThanEnough) answered.TrySetResult();
            });
            Receive<string>(_ => { });
        }
    }

    /// <summary>Gives the same answer to all requests, and reports when it has received a number of them.</summary>
    private sealed class Pretender : ReceiveActor
    {
        private int _asked;

        public Pretender(string answer, int enough, TaskCompletionSource asked) => Receive<string>(_ =>
        {
            Sender.Tell(answer);
            if (++_asked == enough) asked.TrySetResult();
        });
    }

    /// <summary>Reports when a number of members are up.</summary>
    private sealed class Watcher : ReceiveActor
    {
        private readonly Cluster _cluster = Cluster.Get(Context.System);

        public Watcher(int count, TaskCompletionSource arrived)
        {
            void Look(IEnumerable<Member> members)
            {
                if (members.Count(m => m.Status == MemberStatus.Up) == count) arrived.TrySetResult();
            }

            Receive<ClusterEvent.CurrentClusterState>(state => Look(state.Members));
            Receive<ClusterEvent.IMemberEvent>(_ => _cluster.SendCurrentClusterState(Self));
        }

        protected override void PreStart() => _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

        protected override void PostStop() => _cluster.Unsubscribe(Self);
    }
}
