using Akka.Actor;
using Akka.TestKit;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A node that a client queries, played by the test.</summary>
/// <param name="probe">Receives what the client sends.</param>
internal sealed class ClientNode(TestProbe probe)
{
    private const int ClusterSize = 3;

    private long[] _ids = [];
    private IReadOnlyList<Proposal> _proposals = [];

    public IActorRef Ref => probe.Ref;

    /// <summary>The client's actor that last sent something to this node.</summary>
    public IActorRef Client { get; private set; } = ActorRefs.Nobody;

    /// <summary>Expects the query for the leader as the next message.</summary>
    public void ExpectsSearch()
    {
        Cluster = probe.ExpectMsg<FindLeader>().Cluster?.Value;
        Client = probe.Sender;
    }

    /// <summary>The origins of the commands in the last message.</summary>
    public IEnumerable<CommandOrigin?> Origins => _proposals.Select(p => p.Origin);

    /// <summary>Ignores the messages that it got.</summary>
    public void ForgetsAll()
    {
        while (probe.HasMessages) probe.ReceiveOne(TimeSpan.Zero);
    }

    /// <summary>Expects exactly these commands, in this order, as the next message.</summary>
    public void ExpectsCommands(params string[] commands)
    {
        ExpectsProposals();
        Assert.All(_proposals, p => Assert.Equal(EntryKind.Command, p.Kind));
        Assert.Equal(commands, _proposals.Select(p => TextMachine.Text(p.Command)));
    }

    /// <summary>Expects exactly these commands, of this session and with these numbers, as the next message.</summary>
    public void ExpectsCommands(long session, long acknowledged, params (long Sequence, string Command)[] commands)
    {
        ExpectsCommands([.. commands.Select(c => c.Command)]);
        Assert.Equal(
            commands.Select(c => new SessionCommand(new SessionId(session), c.Sequence, acknowledged)), Origins);
    }

    /// <summary>Expects a request for a session as the next message.</summary>
    public void ExpectsSession()
    {
        ExpectsProposals();
        var proposal = Assert.Single(_proposals);
        Assert.Equal((EntryKind.OpenSession, 0, null), (proposal.Kind, proposal.Command.Length, proposal.Origin));
    }

    /// <summary>Expects a request for a session, and opens one.</summary>
    public void OpensSession(long session = 2)
    {
        ExpectsSession();
        Answers(id => new SessionOpened(id, new SessionId(session)));
    }

    /// <summary>Expects exactly these queries, in this order, as the next message.</summary>
    public void ExpectsQueries(ReadConsistency consistency, params string[] queries)
    {
        var query = probe.ExpectMsg<ClientQuery>();
        Cluster = query.Cluster?.Value;
        Assert.Equal(consistency, query.Consistency);
        Assert.Equal(queries, query.Queries.Select(q => TextMachine.Text(q.Payload)));
        Remember(query.Queries.Select(q => q.RequestId));
    }

    /// <summary>Expects these linearizable queries as the next message.</summary>
    public void ExpectsQueries(params string[] queries) =>
        ExpectsQueries(ReadConsistency.Linearizable, queries);

    /// <summary>The client is idle and has sent nothing more.</summary>
    public void HasNothing() => Assert.False(probe.HasMessages, "The client sent something.");

    /// <summary>Says that it leads, without naming a cluster, like an older version.</summary>
    public void Leads(long term = 1, string? cluster = null) =>
        Client.Tell(new LeaderIs(IsSelf: true, Path: null, new Term(term)) { Cluster = Of(cluster), Voters = ClusterSize }, Ref);

    /// <summary>Names its cluster, and says that it knows no leader.</summary>
    public void IsOf(string? cluster) =>
        Client.Tell(new LeaderIs(IsSelf: false, Path: null, Term.Zero) { Cluster = Of(cluster), Voters = ClusterSize }, Ref);

    /// <summary>The cluster in the last commands, queries or search for a leader.</summary>
    public string? Cluster { get; private set; }

    /// <summary>Names a leader, or says that it knows none.</summary>
    public void Names(ClientNode? leader, string? cluster = null) =>
        Client.Tell(
            new LeaderIs(IsSelf: false, leader?.Ref.Path.ToSerializationFormat(), Term.Zero)
            {
                Cluster = Of(cluster),
                Voters = ClusterSize,
            },
            Ref);

    /// <summary>Answers all requests of the last message.</summary>
    public void Answers(Func<long, ClientReply> reply) => Client.Tell(new ClientReplies([.. _ids.Select(reply)]), Ref);

    /// <summary>Answers that all commands of the last message were applied at index 7.</summary>
    public void Applies(string result) =>
        Answers(id => new CommandApplied(id, new LogIndex(7), new Term(1), TextMachine.Bytes(result)));

    /// <summary>Answers all queries of the last message.</summary>
    public void AnswersQueries(string result) =>
        Answers(id => new QueryAnswered(id, new LogIndex(7), TextMachine.Bytes(result)));

    /// <summary>Answers that the session of the last message's commands has expired.</summary>
    public void ForgotSession() => Answers(id => new SessionExpired(id));

    /// <summary>Answers that it stepped down before the commands of the last message were committed.</summary>
    public void LosesOffice() => Answers(id => new OutcomeUnknown(id, "It stepped down."));

    /// <summary>Answers that it does not lead, so that nothing in the last message had an effect.</summary>
    public void GivesBack() => Answers(id => new NotLeader(id));

    /// <summary>Stops the client at the gate with each message that it sends to this node.</summary>
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
