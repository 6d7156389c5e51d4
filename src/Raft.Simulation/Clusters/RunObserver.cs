using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Checks;
using Raft.Simulation.Disks;
using Raft.Simulation.Engine;
using Raft.Simulation.Faults;
using Raft.Simulation.Network;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Observes a run: informs the checks, counts, and records a trace on request.</summary>
internal sealed class RunObserver(SimulatedWorld world, IReadOnlyList<Check> checks, TraceRecorder? recorder)
    : INetworkObserver
{
    private readonly CheckList _checks = new(checks);
    private readonly List<Operation> _history = [];
    private ClusterView _cluster = null!;

    public IReadOnlyList<Check> Checks => _checks.All;

    public IReadOnlyList<Operation> History => _history;

    /// <summary>The number of faults of each kind so far.</summary>
    public IDictionary<FaultKind, long> Faults { get; } = new SortedDictionary<FaultKind, long>();

    /// <summary>The number of times a node became leader.</summary>
    public long Elections { get; private set; }

    /// <summary>The highest index that a node reported as committed.</summary>
    public LogIndex Committed { get; private set; }

    public ClusterView Cluster
    {
        get
        {
            _cluster.Now = world.Loop.Now;
            return _cluster;
        }
    }

    public ServedRequests Served { get; } = new();

    public WorkloadInvariant Invariant { get; } = new(world.Workload);

    public StateReplay Replay { get; } = new(world.Workload);

    /// <summary>The number of operations that the workload checked.</summary>
    public long Judged { get; private set; }

    /// <summary>The first property that was violated.</summary>
    public Violation? Violation { get; private set; }

    public void Begin()
    {
        _cluster = new ClusterView([.. world.Nodes.Select(n => n.View)], world.Settings)
        {
            IsWithoutFaults = world.IsWithoutFaults,
        };
        foreach (var check in _checks.All) check.Found = violation => Violation ??= violation;
    }

    public static void OnStep(SimulatedProcess process)
    {
        if (process is not NetworkedProcess { Machine: var machine }) return;
        if (machine is SimulatedNode node) node.Observe();
        else ((SimulatedClient)machine).Observe();
    }

    public void OnNodeChanged(NodeChange change)
    {
        if (change.After.Role == RaftRole.Leader && change.Before.Role != RaftRole.Leader) Elections++;
        Committed = LogIndex.Max(Committed, change.After.CommitIndex);
        world.Committed.Observe(change);
        world.Loop.Record(change.After.Term.Value);
        world.Loop.Record(change.After.CommitIndex.Value);
        recorder?.OnNodeChanged(world, change);
        var cluster = Cluster;
        foreach (var check in _checks.OnNodeChanged) check.OnNodeChanged(cluster, change);
    }

    public void OnSent(Packet packet)
    {
        var cluster = Cluster;
        var from = packet.From.Machine;
        foreach (var check in _checks.OnEncoded)
            check.OnEncoded(from.Name, packet.To.Machine.Name, packet.Message, packet.Bytes.Length);
        if (from is not SimulatedNode node) return;
        if (packet.Message is RaftRpc rpc)
        {
            var receiver = ((SimulatedNode)packet.To.Machine).View.Id;
            foreach (var check in _checks.OnRpcSent) check.OnRpcSent(cluster, node.View, receiver, rpc);
        }
        else if (packet.Message is ClientReplies replies)
        {
            foreach (var reply in replies.Replies)
            {
                foreach (var check in _checks.OnReplySent) check.OnReplySent(cluster, node.View, packet.To.Machine.Name, reply);
            }
        }
    }

    public void OnUnderWay(Packet packet, int count)
    {
        foreach (var check in _checks.OnQueue) check.OnQueue(packet.From.Machine.Name, count);
    }

    public void OnDelivered(Packet packet, object message)
    {
        recorder?.OnMessage(packet, MessageFate.Delivered, world.Loop.Now);
        if (packet.To.Machine is not SimulatedNode node) return;
        var cluster = Cluster;
        if (message is RaftRpc rpc)
        {
            var sender = ((SimulatedNode)packet.From.Machine).View.Id;
            foreach (var check in _checks.OnRpcDelivered) check.OnRpcDelivered(cluster, node.View, sender, rpc);
        }
        else if (RequestIds(message) is { } ids)
        {
            var client = packet.From.Machine.Name;
            foreach (var check in _checks.OnRequestsDelivered) check.OnRequestsDelivered(cluster, node.View, client, ids);
            if (message is ClientQuery query)
            {
                foreach (var check in _checks.OnQueriesDelivered) check.OnQueriesDelivered(cluster, node.View, client, query);
            }
            else if (message is Propose propose)
            {
                foreach (var check in _checks.OnProposalsDelivered)
                    check.OnProposalsDelivered(cluster, node.View, client, propose.Proposals);
            }
        }
    }

    public void OnEnded(Packet packet, MessageFate fate, TimeSpan? arrival) => recorder?.OnMessage(packet, fate, arrival);

    public void OnWritten(NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var cluster = Cluster;
        foreach (var check in _checks.OnWritten) check.OnWritten(cluster, node, events);
    }

    public void OnApplied(
        NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result, IStateMachine machine)
    {
        var cluster = Cluster;
        foreach (var check in _checks.OnApplied) check.OnApplied(cluster, node, index, command, result);
        Violation ??= Invariant.Examine(node, index, machine);
        Replay.OnApplied(index, command);
    }

    /// <summary>A state machine wrote a snapshot, or was restored from one.</summary>
    public void OnSnapshot(NodeView node, LogIndex lastCommand, ReadOnlySpan<byte> bytes, IStateMachine? restored)
    {
        Violation ??= Replay.Compare(node, lastCommand, bytes);
        if (restored is null) return;
        var cluster = Cluster;
        foreach (var check in _checks.OnRestored) check.OnRestored(cluster, node, lastCommand);
        Violation ??= Invariant.Examine(node, lastCommand, restored);
    }

    /// <summary>A node lost its disk: from now on checks see a different node.</summary>
    public void OnDiskLost(SimulatedNode node)
    {
        _cluster = new ClusterView([.. world.Nodes.Select(n => n.View)], world.Settings);
        OnNote(node, "its disk lost data");
        var cluster = Cluster;
        foreach (var check in _checks.OnDiskLost) check.OnDiskLost(cluster, node.View);
    }

    public void OnDeleted(NodeView node, long toSequenceNr)
    {
        var cluster = Cluster;
        foreach (var check in _checks.OnDeleted) check.OnDeleted(cluster, node, toSequenceNr);
    }

    public void OnUpOrDown(SimulatedNode node, bool isUp, string why)
    {
        world.Loop.Record(isUp ? node.Number : -1 - node.Number);
        recorder?.OnUpOrDown(world.Loop.Now, node.Name, isUp, why);
    }

    public void OnNote(SimulatedNode node, string text) => recorder?.OnNote(world.Loop.Now, node.Name, text);

    public void OnFault(Fault fault)
    {
        Faults[fault.Kind] = Faults.TryGetValue(fault.Kind, out var count) ? count + 1 : 1;
        recorder?.OnFault(world, fault);
    }

    public Operation OnInvoked(SimulatedClient client, Request request)
    {
        var operation = new Operation(client.Index, request, world.Loop.Steps, world.Loop.Now);
        _history.Add(operation);
        Served.OnInvoked(operation);
        OnInvoked(operation);
        world.Loop.Record(request.Payload.Span);
        return operation;
    }

    public void OnReturned(
        Operation operation, OperationOutcome outcome, ReadOnlyMemory<byte> result, LogIndex index)
    {
        operation.Outcome = outcome;
        operation.Result = result;
        operation.Index = index.Value;
        (operation.Returned, operation.ReturnedAt) = (world.Loop.Steps, world.Loop.Now);
        world.Loop.Record((long)outcome);
        world.Loop.Record(result.Span);
        if (outcome == OperationOutcome.Done) Served.OnDone(operation);
        OnReturned(operation);
        world.Workload.OnReturned(operation);
    }

    /// <summary>
    /// A request begins. Requests that a scenario sends directly to a node belong to no client and no history.
    /// </summary>
    public void OnInvoked(Operation operation)
    {
        foreach (var check in _checks.OnInvoked) check.OnInvoked(operation);
    }

    /// <summary>A request ended.</summary>
    public void OnReturned(Operation operation)
    {
        foreach (var check in _checks.OnReturned) check.OnReturned(operation);
    }

    /// <summary>An actor failed or logged an error. If a fault explains it, this is correct behaviour.</summary>
    public void OnError(SimulatedProcess? process, Error error)
    {
        var node = (process as NetworkedProcess)?.Machine as SimulatedNode;
        if (IsExplained(node, error.Cause)) return;
        var cluster = Cluster;
        foreach (var check in _checks.OnUnexplainedFailure)
            check.OnUnexplainedFailure(cluster, node?.Name ?? error.LogSource, error.Cause, error.Message.ToString() ?? "");
    }

    /// <summary>The run is over.</summary>
    public void End()
    {
        var cluster = Cluster;
        foreach (var check in _checks.OnEnd) check.OnEnd(cluster);
        Judged = world.Workload.Verify(_history);
    }

    private static bool IsExplained(SimulatedNode? node, Exception? cause) =>
        cause is DiskFaultException or ViolationException
        || (node is not null && node.IsDamaged && cause is null or NodeHaltedException)
        || (cause is TimeoutException && node is not null && node.Disk.Trouble.StalledUntil > TimeSpan.Zero);

    private static IReadOnlyList<long>? RequestIds(object message) => message switch
    {
        Propose propose => [.. propose.Proposals.Select(p => p.RequestId)],
        ClientQuery query => [.. query.Queries.Select(q => q.RequestId)],
        _ => null,
    };
}
