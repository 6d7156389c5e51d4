using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Simulation.Engine;
using Raft.Simulation.Network;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>
/// A machine with one client: the real actor behind <see cref="RaftClient"/>. It has one request in flight at a time and pauses
/// between requests.
/// </summary>
internal sealed class SimulatedClient : Machine
{
    private readonly SimulatedWorld _world;
    private readonly SeededRandom _random;
    private readonly Endpoint _endpoint;
    private Operation? _operation;
    private ClientRequest? _request;

    public SimulatedClient(SimulatedWorld world, int client, int number)
        : base($"c{client + 1}", number)
    {
        _world = world;
        _random = world.Random($"client {Name}");
        Index = client;
        _endpoint = world.Network.Add(this, "client", () => Process!.Root);
    }

    public int Index { get; }

    /// <summary>Whether a request is in flight.</summary>
    public bool IsWaiting => _operation is not null;

    /// <summary>The number of completed requests.</summary>
    public int Done { get; private set; }

    public override Endpoint EndpointOf(IActorRef actor) => _endpoint;

    public void Start()
    {
        var process = new NetworkedProcess(_world.NewProcessName(Name, out var number), number, this, _world.Network);
        Process = process;
        _world.Loop.Add(process);
        Func<string, IActorRef> resolve = path =>
            _world.Network.Find(path) is { } endpoint ? process.RefTo(endpoint) : ActorRefs.Nobody;
        var settings = _world.Settings.Client;

        // Each client starts with a different node.
        IActorRef[] contacts =
        [
            .. _world.Nodes.Skip(Index % _world.Nodes.Count).Concat(_world.Nodes.Take(Index % _world.Nodes.Count))
                .Select(node => process.RefTo(node.SupervisorEndpoint)),
        ];
        process.Root = _world.System.ActorOf(
            Props.Create(() => new RaftClientActor(() => contacts, resolve, settings, ContactKind.Named, new OwnCluster())),
            process.Name);
    }

    /// <summary>Works until it is stopped: a request, a pause, a request …</summary>
    public void Work()
    {
        var pause = _random.Between(TimeSpan.Zero, 2 * _world.ThinkTime);
        _world.Loop.Schedule(pause, () =>
        {
            if (_world.IsLoaded && !IsWaiting && _world.MayInvoke()) Invoke(_world.Workload.NextRequest(Index, _random));
        });
    }

    public Operation Invoke(Request request)
    {
        _request = new ClientRequest(
            request.Kind == RequestType.Command ? RequestKind.Command : RequestKind.Query, request.Payload)
        {
            Consistency = ConsistencyOf(request.Kind),
            Key = request.Key,
        };
        _operation = _world.Observer.OnInvoked(this, request);
        Process!.Root.Tell(_request, ActorRefs.NoSender);
        return _operation;
    }

    /// <summary>Without leases, a lease query is sent as a linearizable query.</summary>
    private ReadConsistency ConsistencyOf(RequestType type) => type switch
    {
        RequestType.StaleQuery => ReadConsistency.Stale,
        RequestType.FollowerQuery => ReadConsistency.Follower,
        RequestType.LeaseQuery when _world.Settings.AreLeaseReadsOn => ReadConsistency.Lease,
        _ => ReadConsistency.Linearizable,
    };

    /// <summary>Checks whether the request has ended in this step.</summary>
    public void Observe()
    {
        if (_operation is not { } operation || _request is not { IsDone: true } request) return;
        (_operation, _request) = (null, null);
        var reply = request.Reply;
        if (reply.IsCompletedSuccessfully)
        {
            var (result, index) = reply.Result switch
            {
                CommandApplied applied => (applied.Result, applied.Index),
                var other => (((QueryAnswered)other).Result, ((QueryAnswered)other).AppliedIndex),
            };
            _world.Observer.OnReturned(operation, OperationOutcome.Done, result, index);
            Done++;
        }
        else
        {
            var outcome = reply.Exception!.InnerException is OutcomeUnknownException
                ? OperationOutcome.Unknown
                : OperationOutcome.NotDone;
            _world.Observer.OnReturned(operation, outcome, default, LogIndex.Zero);
        }

        Work();
    }
}
