using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>The requests of clients and operators.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Sends a command.</summary>
    /// <param name="via">
    /// A node, which receives the command directly, or a real client such as <c>c1</c>, which finds the leader. A real client has
    /// one request in flight at a time.
    /// </param>
    /// <param name="command">The command.</param>
    public ScenarioRequest Propose(string via, string command) => ProposeAll(via, command)[0];

    /// <summary>Sends several commands to a node at the same moment, each in its own message.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="commands">The commands, in order.</param>
    public IReadOnlyList<ScenarioRequest> ProposeAll(string node, params IReadOnlyList<string> commands)
    {
        var requests = commands
            .Select(command => Ask(node, new Request(RequestType.Command, Bytes(command), command)))
            .ToArray();
        Settle();
        return requests;
    }

    /// <summary>Sends a linearizable query (Raft §8). By default the answer is all applied commands.</summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest Read(string via) => Query(via, RequestType.Query, "read");

    /// <summary>Sends a query that the node may answer from an old state.</summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadStale(string via) => Query(via, RequestType.StaleQuery, "stale read");

    /// <summary>
    /// Sends a query that the leader may answer under its lease (dissertation §6.4.1). The cluster must have <c>raft.lease-reads
    /// = on</c>.
    /// </summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadByLease(string via) => Query(via, RequestType.LeaseQuery, "lease read");

    /// <summary>
    /// Sends a query that the node answers from its own state, up to the index that the leader confirms (dissertation §6.4).
    /// </summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadByFollower(string via) => Query(via, RequestType.FollowerQuery, "follower read");

    /// <summary>Requests a leadership transfer (dissertation §3.10).</summary>
    /// <param name="via">The node that receives the request, such as <c>n1</c>. A node that does not lead forwards it.</param>
    /// <param name="to">The new leader; null to let the leader choose it.</param>
    public ScenarioTransfer Transfer(string via, string? to = null)
    {
        if (_client.AwaitsTransfer) throw new InvalidOperationException("Another transfer is in progress.");
        var transfer = new ScenarioTransfer(this);
        _client.Transfer(
            Node(via).SupervisorEndpoint,
            new TransferLeadership(to is null ? null : new NodeId(to)),
            reply => transfer.Reply = reply);
        Settle();
        return transfer;
    }

    internal void OnEnded(Operation operation) => _world.Observer.OnReturned(operation);

    private ScenarioRequest Query(string via, RequestType type, string text)
    {
        var request = Ask(via, new Request(type, default, text));
        Settle();
        return request;
    }

    private ScenarioRequest Ask(string via, Request request)
    {
        if (Machine(via) is not SimulatedClient client) return AskNode(Node(via), request);
        if (client.IsWaiting) throw new InvalidOperationException($"{via} is still waiting for a response.");
        return new ScenarioRequest(this, client.Invoke(request));
    }

    private ScenarioRequest AskNode(SimulatedNode node, Request request)
    {
        var operation = new Operation(-1, request, _world.Loop.Steps, _world.Loop.Now);
        var scenarioRequest = new ScenarioRequest(this, operation);
        _world.Observer.OnInvoked(operation);
        _client.Send(node.SupervisorEndpoint, id => MessageOf(request, id), scenarioRequest.End);
        return scenarioRequest;
    }

    private static object MessageOf(Request request, long id) => request.Kind switch
    {
        RequestType.Command => new Propose([new Proposal(id, request.Payload)]),
        _ => new ClientQuery([new Query(id, request.Payload)], ConsistencyOf(request.Kind)),
    };

    private static ReadConsistency ConsistencyOf(RequestType type) => type switch
    {
        RequestType.Query => ReadConsistency.Linearizable,
        RequestType.LeaseQuery => ReadConsistency.Lease,
        RequestType.FollowerQuery => ReadConsistency.Follower,
        _ => ReadConsistency.Stale,
    };

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
