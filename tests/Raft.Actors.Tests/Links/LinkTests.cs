using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Raft.Actors.Configuration;
using Raft.Actors.Links;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Links;

/// <summary>
/// Two ActorSystems over real Akka.Remote, n1 and n2. n1 dials n2. Then n1 receives a connection that pretends to be n2's own and
/// is closed, like a dial that timed out at n2. Because of it, Akka.Remote at n1 stops reading the connection that n1 opened.
/// </summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const string Passive = "akka.remote.use-passive-connections = on";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(1);

    private readonly List<ActorSystem> _systems = [];
    private ActorSystem _one = null!;
    private ActorSystem _two = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_systems.Select(s => s.Terminate()));

    [Fact]
    public async Task After_a_connection_that_came_and_went_a_peer_is_heard_with_the_settings_that_Raft_brings()
    {
        await DeafenAsync(settings: "");

        Assert.True(await IsHeardAsync(Patience));
    }

    /// <summary>The cause that the setting removes; if this fails, Akka.Remote has fixed it.</summary>
    [Fact]
    public async Task With_passive_connections_it_is_never_heard_again()
    {
        await DeafenAsync(Passive);

        Assert.False(await IsHeardAsync(Never));
    }

    [Fact]
    public async Task The_link_keepers_renew_a_connection_of_which_nothing_is_read()
    {
        await DeafenAsync(Passive);
        var links = new PeerLinks();
        using var telemetry = new NodeTelemetry(
            new NodeScope(new GroupId("default"), MemberOf("n1", _one)), _one.Scheduler);
        telemetry.ObserveLinks(() => links.Counts);
        using var told = new Measurements(telemetry.Meter);
        var warnings = Warnings(_one);

        Keep("n1", _one, links);
        Keep("n2", _two, new PeerLinks());

        Assert.True(await IsHeardAsync(Patience));
        Assert.InRange(links.RenewalsOf(new NodeId("n2")).Count, 1, long.MaxValue);
        Assert.Equal([$"{links.RenewalsOf(new NodeId("n2")).Count} raft.peer=n2"], told.Now("raft.link.renewals"));
        var warning = await warnings.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.StartsWith("n1 renews its connection to n2, which is open although", warning, StringComparison.Ordinal);
    }

    /// <summary>
    /// If Akka's endpoint stopped, its sequence numbers would be lost, and the peer would take new messages for old ones.
    /// </summary>
    [Fact]
    public async Task Messages_that_Akka_must_deliver_are_delivered_over_a_new_connection()
    {
        Start("");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var mortal = _two.ActorOf(Props.Create(() => new Ear(Channel.CreateUnbounded<string>().Writer)));
            var path = mortal.Path.ToSerializationFormatWithAddress(AddressOf(_two));
            var remote = ((ExtendedActorSystem)_one).Provider.ResolveActorRef(path);
            var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _one.ActorOf(Props.Create(() => new Mourner(remote, watched, ended)));
            await watched.Task.WaitAsync(Patience);
            _two.Stop(mortal);
            await ended.Task.WaitAsync(Patience);

            var disassociated = Events<DisassociatedEvent>(_one);
            OpenLinks.Of(_one).Find("127.0.0.1", AddressOf(_two).Port!.Value)!.Disassociate("a test renews it", _one.Log);
            await disassociated.ReadAsync().AsTask().WaitAsync(Patience);
        }
    }

    /// <summary>n1 has dialled n2, and was dialled by something that pretended to be n2 and is gone.</summary>
    private async Task DeafenAsync(string settings)
    {
        Start(settings);
        var heard = Channel.CreateUnbounded<string>();
        _two.ActorOf(Props.Create(() => new Ear(heard.Writer)), "ear");
        (await _one.ActorSelection($"{AddressOf(_two)}/user/ear").ResolveOne(Patience)).Tell("n1 is here");
        await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        // With the setting n2 answered over its own connection, which the forged one replaces.
        var gone = Events<DisassociatedEvent>(_one, e => e.IsInbound);
        await ForgedLink.ComeAndGoAsync(_two, AddressOf(_one));
        await gone.ReadAsync().AsTask().WaitAsync(Patience);
    }

    /// <summary>n2 sends to n1 repeatedly; whether a message arrives.</summary>
    private async Task<bool> IsHeardAsync(TimeSpan patience)
    {
        var heard = Channel.CreateUnbounded<string>();
        _one.ActorOf(Props.Create(() => new Ear(heard.Writer)), "ear");
        using var speaking = _two.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(50),
            ((ExtendedActorSystem)_two).Provider.ResolveActorRef($"{AddressOf(_one)}/user/ear"),
            "n2 is here",
            ActorRefs.NoSender) as Cancelable;
        try
        {
            await heard.Reader.ReadAsync().AsTask().WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Keep(string name, ActorSystem system, PeerLinks links)
    {
        RaftMember[] members = [MemberOf("n1", _one), MemberOf("n2", _two)];
        var own = ConfigurationFactory.ParseString(
            $"raft {{ node-id = {name}, members = [{string.Join(',', members.Select(m => $"\"{m}\""))}] }}\n"
            + "raft.silent-link-timeout = 1s");
        var settings = new RaftSettings(own.WithFallback(system.Settings.Config));
        var directory = new NodeDirectory(members);
        Func<RaftMember, IActorRef> keeperOf = member => ((ExtendedActorSystem)system).Provider.ResolveActorRef(
            $"akka.tcp://raft@{member.Address}/user/{LinkKeeper.NameOf(settings.Group)}");
        system.ActorOf(
            Props.Create(() => new LinkKeeper(settings, directory, keeperOf, links)), LinkKeeper.NameOf(settings.Group));
    }

    private void Start(string settings)
    {
        (_one, _two) = (Make(settings), Make(settings));
        _systems.AddRange([_one, _two]);
    }

    private static ActorSystem Make(string settings) => ActorSystem.Create("raft", ConfigurationFactory.ParseString($$"""
        {{settings}}
        akka {
          loglevel = WARNING
          loggers = []
          stdout-loglevel = OFF
          actor.provider = remote
          remote.log-remote-lifecycle-events = off
          remote.retry-gate-closed-for = 200ms
          remote.transport-failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 60s }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 1MiB }
          remote.dot-netty.tcp { send-buffer-size = 2MiB, receive-buffer-size = 2MiB }
        }
        """).WithFallback(RaftConfig.Reference));

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private static RaftMember MemberOf(string name, ActorSystem system) =>
        new(new NodeId(name), AddressOf(system).Host!, AddressOf(system).Port!.Value);

    private static ChannelReader<string> Warnings(ActorSystem system)
    {
        var seen = Channel.CreateUnbounded<string>();
        Listen<Warning>(system, w =>
        {
            if (w.LogClass != typeof(LinkKeeper)) return;
            var text = w.ToString();
            seen.Writer.TryWrite(text[text.IndexOf("n1 renews", StringComparison.Ordinal)..]);
        });
        return seen.Reader;
    }

    private static ChannelReader<T> Events<T>(ActorSystem system, Func<T, bool>? wanted = null)
    {
        var seen = Channel.CreateUnbounded<T>();
        Listen<T>(system, happened =>
        {
            if (wanted is null || wanted(happened)) seen.Writer.TryWrite(happened);
        });
        return seen.Reader;
    }

    private static void Listen<T>(ActorSystem system, Action<T> on) =>
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Listener<T>(on))), typeof(T));

    private sealed class Ear : ReceiveActor
    {
        public Ear(ChannelWriter<string> heard) => Receive<string>(text => heard.TryWrite(text));
    }

    private sealed class Listener<T> : ReceiveActor
    {
        public Listener(Action<T> on) => Receive<T>(on);
    }

    private sealed class Mourner : ReceiveActor
    {
        public Mourner(IActorRef mortal, TaskCompletionSource watched, TaskCompletionSource ended)
        {
            Context.Watch(mortal);
            Receive<Terminated>(_ => ended.TrySetResult());
            watched.TrySetResult();
        }
    }
}
