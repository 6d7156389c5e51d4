using Akka.TestKit;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A client of the node under test, played by the test.</summary>
/// <param name="scenario">The scenario with the node.</param>
/// <param name="probe">Receives the answers.</param>
internal sealed class NodeClient(RaftScenario scenario, TestProbe probe)
{
    private readonly Queue<ClientReply> _replies = new();
    private long _lastId;

    /// <summary>Sends commands in one message.</summary>
    /// <returns>The id of the last one.</returns>
    public long Proposes(params string[] commands)
    {
        var proposals = commands.Select(c => new Proposal(++_lastId, TextMachine.Bytes(c))).ToArray();
        scenario.Tell(new Propose(proposals), probe.Ref);
        return _lastId;
    }

    /// <summary>Sends one command with this origin.</summary>
    /// <returns>Its id.</returns>
    public long Proposes(string command, CommandOrigin origin)
    {
        scenario.Tell(new Propose([new Proposal(++_lastId, TextMachine.Bytes(command)) { Origin = origin }]), probe.Ref);
        return _lastId;
    }

    /// <summary>Requests a session.</summary>
    /// <returns>The request's id.</returns>
    public long WantsSession()
    {
        scenario.Tell(new Propose([new Proposal(++_lastId, default) { Kind = EntryKind.OpenSession }]), probe.Ref);
        return _lastId;
    }

    /// <summary>Sends one query.</summary>
    /// <returns>Its id.</returns>
    public long Asks(string query = "", ReadConsistency consistency = ReadConsistency.Linearizable)
    {
        scenario.Tell(new ClientQuery([new Query(++_lastId, TextMachine.Bytes(query))], consistency), probe.Ref);
        return _lastId;
    }

    /// <summary>Queries the node for the leader.</summary>
    public void SearchesLeader() => scenario.Tell(FindLeader.Instance, probe.Ref);

    /// <summary>Expects this answer as the next message.</summary>
    public void ExpectsLeaderIs(bool isSelf, string? path)
    {
        var answer = probe.ExpectMsg<LeaderIs>();
        Assert.Equal((isSelf, path), (answer.IsSelf, answer.Path));
    }

    /// <summary>Expects an answer of this type.</summary>
    public T Expects<T>()
        where T : ClientReply => Assert.IsType<T>(ExpectsReply());

    /// <summary>The next answer of any type.</summary>
    public ClientReply ExpectsReply()
    {
        while (_replies.Count == 0)
        {
            foreach (var reply in probe.ExpectMsg<ClientReplies>().Replies) _replies.Enqueue(reply);
        }

        return _replies.Dequeue();
    }

    /// <summary>Expects the answer that this command was applied.</summary>
    public CommandApplied ExpectsApplied(long id, string result)
    {
        var applied = Expects<CommandApplied>();
        Assert.Equal((id, result), (applied.RequestId, TextMachine.Text(applied.Result)));
        return applied;
    }

    /// <summary>Expects this answer to this query.</summary>
    public QueryAnswered ExpectsAnswer(long id, string answer)
    {
        var answered = Expects<QueryAnswered>();
        Assert.Equal((id, answer), (answered.RequestId, TextMachine.Text(answered.Result)));
        return answered;
    }

    /// <summary>The node is idle and has answered nothing more.</summary>
    public void ExpectsNothing()
    {
        scenario.Settle();
        Assert.Empty(_replies);
        Assert.False(probe.HasMessages, "The client got an answer.");
    }
}
