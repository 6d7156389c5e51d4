using Akka.Actor;
using Akka.TestKit;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A node that a client can query, played by the test.</summary>
/// <param name="probe">Gets what the client sends.</param>
internal sealed class ClientNode(TestProbe probe)
{
    private const int ClusterSize = 3;

    private long[] _ids = [];
    private IReadOnlyList<Proposal> _proposals = [];

    public IActorRef Ref => probe.Ref;

    /// <summary>The client's actor, which this node heard from last.</summary>
    public IActorRef Client { get; private set; } = ActorRefs.Nobody;

    /// <summary>The next message, which must be the query who leads.</summary>
    public void ExpectsSearch()
    {
        Cluster = probe.ExpectMsg<FindLeader>().Cluster?.Value;
        Client = probe.Sender;
    }

    /// <summary>Where the commands of the last message come from.</summary>
    public IEnumerable<CommandOrigin?> Origins => _proposals.Select(p => p.Origin);

    /// <summary>Takes no notice of what it was sent.</summary>
    public void ForgetsAll()
    {
        while (probe.HasMessages) probe.ReceiveOne(TimeSpan.Zero);
    }

    /// <summary>The next message, which must be exactly these commands in this order.</summary>
    public void ExpectsCommands(params string[] commands)
    {
        ExpectsProposals();
        Assert.All(_proposals, p => Assert.Equal(EntryKind.Command, p.Kind));
        Assert.Equal(commands, _proposals.Select(p => TextMachine.Text(p.Command)));
    }

    /// <summary>The next message, which must be exactly these commands, of this session and with these numbers.</summary>
    public void ExpectsCommands(long session, long acknowledged, params (long Sequence, string Command)[] commands)
    {
        ExpectsCommands([.. commands.Select(c => c.Command)]);
        Assert.Equal(
            commands.Select(c => new SessionCommand(new SessionId(session), c.Sequence, acknowledged)), Origins);
    }

    /// <summary>The next message, which must be the wish for a session.</summary>
    public void ExpectsSession()
    {
        ExpectsProposals();
        var proposal = Assert.Single(_proposals);
        Assert.Equal((EntryKind.OpenSession, 0, null), (proposal.Kind, proposal.Command.Length, proposal.Origin));
    }

    /// <summary>The next message is the wish for a session, which this node opens.</summary>
    public void OpensSession(long session = 2)
    {
        ExpectsSession();
        Answers(id => new SessionOpened(id, new SessionId(session)));
    }

    /// <summary>The next message, which must be exactly these queries in this order.</summary>
    public void ExpectsQueries(ReadConsistency consistency, params string[] queries)
    {
        var query = probe.ExpectMsg<ClientQuery>();
        Cluster = query.Cluster?.Value;
        Assert.Equal(consistency, query.Consistency);
        Assert.Equal(queries, query.Queries.Select(q => TextMachine.Text(q.Payload)));
        Remember(query.Queries.Select(q => q.RequestId));
    }

    /// <summary>The next message, which must be these linearizable queries.</summary>
    public void ExpectsQueries(params string[] queries) =>
        ExpectsQueries(ReadConsistency.Linearizable, queries);

    /// <summary>The client is at rest and has sent nothing more.</summary>
    public void HasNothing() => Assert.False(probe.HasMessages, "The client sent something.");

    /// <summary>Says that it leads; without a cluster, as a version does that does not tell.</summary>
    public void Leads(long term = 1, string? cluster = null) =>
        Client.Tell(new LeaderIs(IsSelf: true, Path: null, new Term(term)) { Cluster = Of(cluster), Voters = ClusterSize }, Ref);

    /// <summary>Says of which cluster it is, and that it does not know who leads.</summary>
    public void IsOf(string? cluster) =>
        Client.Tell(new LeaderIs(IsSelf: false, Path: null, Term.Zero) { Cluster = Of(cluster), Voters = ClusterSize }, Ref);

    /// <summary>The cluster that the last commands or queries, or the search for a leader, were for.</summary>
    public string? Cluster { get; private set; }

    /// <summary>Says who leads, or that it does not know.</summary>
    public void Names(ClientNode? leader, string? cluster = null) =>
        Client.Tell(
            new LeaderIs(IsSelf: false, leader?.Ref.Path.ToSerializationFormat(), Term.Zero) { Cluster = Of(cluster), Voters = ClusterSize },
            Ref);

    /// <summary>Answers everything in the last message so.</summary>
    public void Answers(Func<long, ClientReply> reply) => Client.Tell(new ClientReplies([.. _ids.Select(reply)]), Ref);

    /// <summary>All commands of the last message are applied at index 7.</summary>
    public void Applies(string result) =>
        Answers(id => new CommandApplied(id, new LogIndex(7), new Term(1), TextMachine.Bytes(result)));

    /// <summary>All queries of the last message are answered.</summary>
    public void AnswersQueries(string result) =>
        Answers(id => new QueryAnswered(id, new LogIndex(7), TextMachine.Bytes(result)));

    /// <summary>Does not know the session of the last message's commands any more.</summary>
    public void ForgotSession() => Answers(id => new SessionExpired(id));

    /// <summary>Lost its office before the commands of the last message were committed.</summary>
    public void LosesOffice() => Answers(id => new OutcomeUnknown(id, "It stepped down."));

    /// <summary>Does not lead any more: nothing in the last message was done.</summary>
    public void GivesBack() => Answers(id => new NotLeader(id));

    /// <summary>The client is stopped at the gate with each message that it sends here.</summary>
    public void Stops(Gate gate) => probe.SetAutoPilot(new DelegateAutoPilot((_, _) =>
    {
        gate.Pass();
        return AutoPilot.KeepRunning;
    }));

    private static ClusterId? Of(string? cluster) => cluster is null ? null : new ClusterId(cluster);

    private void ExpectsProposals()
    {
        var propose = probe.ExpectMsg<Propose>();
        Cluster = propose.Cluster?.Value;
        _proposals = propose.Proposals;
        Remember(_proposals.Select(p => p.RequestId));
    }

    private void Remember(IEnumerable<long> ids)
    {
        _ids = [.. ids];
        Client = probe.Sender;
    }
}
