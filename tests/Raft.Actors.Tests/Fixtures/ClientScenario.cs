using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// A real <see cref="RaftClient"/> in virtual time. Its contacts, the nodes A to C, are probes; D is a node that it does not
/// know.
/// </summary>
public abstract class ClientScenario : TestKit
{
    private protected static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);
    private protected static readonly TimeSpan SearchAfter = TimeSpan.FromMilliseconds(200);
    private protected static readonly TimeSpan FailoverAfter = TimeSpan.FromSeconds(1);
    private protected static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string SystemConfig = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.scheduler.implementation = "Raft.Actors.Tests.Fixtures.VirtualTime, Raft.Actors.Tests"
        """;

    private readonly Akka.TestKit.TestProbe _barrier;

    private protected ClientScenario()
        : base(ConfigurationFactory.ParseString(SystemConfig).WithFallback(RaftConfig.Reference))
    {
        _barrier = CreateTestProbe("barrier");
        A = new ClientNode(CreateTestProbe("a"));
        B = new ClientNode(CreateTestProbe("b"));
        C = new ClientNode(CreateTestProbe("c"));
        D = new ClientNode(CreateTestProbe("d"));
    }

    private protected ClientNode A { get; }

    private protected ClientNode B { get; }

    private protected ClientNode C { get; }

    private protected ClientNode D { get; }

    private protected RaftClient Client(string settings = "")
    {
        var config = ConfigurationFactory.ParseString(settings).WithFallback(RaftConfig.Reference);
        return RaftClient.Create(Sys, [A.Ref, B.Ref, C.Ref], new ClientSettings(config));
    }

    /// <summary>
    /// The client of a process without a node: any node may answer its stale queries, and there may be none yet.
    /// </summary>
    private protected RaftClient GatewayClient(Func<IReadOnlyList<IActorRef>> contacts) =>
        NewClient(ContactKind.AllKnown, contacts);

    /// <summary>The client of a process with a node of its own, A.</summary>
    private protected RaftClient ClientBesideA() => NewClient(ContactKind.OwnNodeFirst, () => [A.Ref, B.Ref, C.Ref]);

    private RaftClient NewClient(ContactKind kind, Func<IReadOnlyList<IActorRef>> contacts) =>
        RaftClient.Create(Sys, contacts, new ClientSettings(RaftConfig.Reference), kind, new OwnCluster());

    /// <summary>A client that has found its leader, A, and has completed one command, in session 2.</summary>
    private protected RaftClient ClientOfA(string settings = "")
    {
        var client = Client(settings);
        var first = Propose(client, "first");
        AllAreAsked();
        A.Leads();
        A.OpensSession();
        A.ExpectsCommands("first");
        A.Applies("");
        Assert.True(first.Wait(Patience));
        return client;
    }

    /// <summary>The client queries its contacts for the leader.</summary>
    private protected void AllAreAsked()
    {
        A.ExpectsSearch();
        B.ExpectsSearch();
        C.ExpectsSearch();
    }

    /// <summary>Time passes, and no node answers.</summary>
    private protected void AdvanceInSilence(ClientNode node, TimeSpan time)
    {
        Advance(node, time);
        foreach (var deaf in new[] { A, B, C, D }) deaf.ForgetsAll();
    }

    private protected void NobodyHasAnything()
    {
        Settle(A);
        foreach (var node in new[] { A, B, C, D }) node.HasNothing();
    }

    private protected static Task<CommandApplied> Propose(RaftClient client, string command) =>
        client.ProposeAsync(TextMachine.Bytes(command));

    private protected static Task<CommandApplied> Propose(RaftClient client, string command, string key) =>
        client.ProposeAsync(TextMachine.Bytes(command), new IdempotencyKey(key));

    private protected static Task<QueryAnswered> Ask(
        RaftClient client, string query, ReadConsistency consistency = ReadConsistency.Linearizable) =>
        client.QueryAsync(TextMachine.Bytes(query), consistency);

    /// <summary>Waits until the client, whose actor <paramref name="node"/> knows, has handled all messages.</summary>
    private protected void Settle(ClientNode node)
    {
        for (var i = 0; i < 2; i++)
        {
            node.Client.Tell(new Identify(null), _barrier.Ref);
            _barrier.ExpectMsg<ActorIdentity>();
        }
    }

    /// <summary>Time passes in steps of a retry interval, because the client restarts its timers each time.</summary>
    private protected void Advance(ClientNode node, TimeSpan time)
    {
        Settle(node);
        for (var passed = TimeSpan.Zero; passed < time; passed += RetryInterval)
        {
            ((VirtualTime)Sys.Scheduler).Advance(RetryInterval);
            Settle(node);
        }
    }

    /// <summary>Waits for the result of a request.</summary>
    private protected static async Task<T> End<T>(Task<T> request) => await request.WaitAsync(Patience);

    /// <summary>Waits for the failure of a request.</summary>
    private protected static async Task<TException> Fails<TException>(Task request)
        where TException : Exception =>
        await Assert.ThrowsAsync<TException>(() => request.WaitAsync(Patience));
}
