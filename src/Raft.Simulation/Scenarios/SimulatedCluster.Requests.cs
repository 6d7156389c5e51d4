using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>Requests of clients and operators.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>A client wants a command applied.</summary>
    /// <param name="via">
    /// A node, to send the command straight to it, or a real client such as <c>c1</c>, which looks for the leader. A real
    /// client has one request under way at a time.
    /// </param>
    /// <param name="command">The command.</param>
    public ScenarioRequest Propose(string via, string command) => ProposeAll(via, command)[0];

    /// <summary>Commands that come to a node at the same moment, each in a message of its own.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="commands">The commands, in this order.</param>
    public IReadOnlyList<ScenarioRequest> ProposeAll(string node, params IReadOnlyList<string> commands)
    {
        var requests = commands
            .Select(command => Ask(node, new Request(RequestType.Command, Bytes(command), command)))
            .ToArray();
        Settle();
        return requests;
    }

    /// <summary>A client asks a linearizable query (Raft §8). By default the answer is all commands applied.</summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest Read(string via) => Query(via, RequestType.Query, "read");

    /// <summary>A client asks a query that the node may answer from an old state.</summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadStale(string via) => Query(via, RequestType.StaleQuery, "stale read");

    /// <summary>
    /// A client asks a query that the leader may answer from its lease (dissertation §6.4.1); for a cluster with
    /// <c>raft.lease-reads = on</c>.
    /// </summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadByLease(string via) => Query(via, RequestType.LeaseQuery, "lease read");

    /// <summary>A client asks a node that answers from its own state, as far as the leader says it must reach (§6.4).</summary>
    /// <param name="via">A node, or a real client; see <see cref="Propose"/>.</param>
    public ScenarioRequest ReadByFollower(string via) => Query(via, RequestType.FollowerQuery, "follower read");

    /// <summary>An operator asks for another leader (dissertation §3.10).</summary>
    /// <param name="via">The node that is asked, for example <c>n1</c>; who does not lead passes it on.</param>
    /// <param name="to">The node that is to lead; null for the one that is best placed.</param>
    public ScenarioTransfer Transfer(string via, string? to = null)
    {
        if (_client.AwaitsTransfer) throw new InvalidOperationException("Another transfer is under way.");
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
        if (client.IsWaiting) throw new InvalidOperationException($"{via} still waits for an answer.");
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
