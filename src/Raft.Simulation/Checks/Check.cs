using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Checks;

/// <summary>
/// A property that must hold in every run. A check observes everything that nodes do, when they do it, and throws at the first
/// contradiction. Each run has its own instance. It counts how often it had something to check: a check that never had proves
/// nothing.
/// </summary>
internal abstract class Check
{
    /// <summary>The property's name, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Where the property comes from: a section of the Raft paper or dissertation, or a hazard.</summary>
    public abstract string Source { get; }

    /// <summary>
    /// Receives a violation before it is thrown, because an exception that is thrown inside an actor ends at its supervisor.
    /// </summary>
    internal Action<Violation> Found { get; set; } = _ => { };

    /// <summary>The number of times that the property was checked in this run.</summary>
    public long Examined { get; private set; }

    /// <summary>A node changed in this step: its role, term, vote, log, or one of its indexes.</summary>
    public virtual void OnNodeChanged(ClusterView cluster, NodeChange change) { }

    /// <summary>A node sent a message to another.</summary>
    public virtual void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc) { }

    /// <summary>A message from another node arrived; the node has not handled it yet.</summary>
    public virtual void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc) { }

    /// <summary>A message was encoded in order to be sent, between any two machines.</summary>
    public virtual void OnEncoded(string sender, string receiver, object message, int bytes) { }

    /// <summary>A message with a client's requests arrived at a node, which has not handled it yet.</summary>
    public virtual void OnRequestsDelivered(ClusterView cluster, NodeView node, string client, IReadOnlyList<long> requestIds) { }

    /// <summary>Commands or requests to open a session arrived at a node, which has not handled them yet.</summary>
    public virtual void OnProposalsDelivered(
        ClusterView cluster, NodeView node, string client, IReadOnlyList<Proposal> proposals)
    { }

    /// <summary>Queries of a client arrived at a node, which has not handled them yet.</summary>
    public virtual void OnQueriesDelivered(ClusterView cluster, NodeView node, string client, ClientQuery query) { }

    /// <summary>A node answered a request of a client.</summary>
    public virtual void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply) { }

    /// <summary>A write has put events of a node on its disk.</summary>
    public virtual void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events) { }

    /// <summary>
    /// A node that is down lost all or the newest events of its disk. The view is a new one; the remaining events are reported
    /// next, as if they were written.
    /// </summary>
    public virtual void OnDiskLost(ClusterView cluster, NodeView node) { }

    /// <summary>A node deleted its events up to this one from its disk.</summary>
    public virtual void OnDeleted(ClusterView cluster, NodeView node, long toSequenceNr) { }

    /// <summary>A node's state machine was restored from a snapshot; this is the last command in it.</summary>
    public virtual void OnRestored(ClusterView cluster, NodeView node, LogIndex lastCommand) { }

    /// <summary>A node's state machine applied a command.</summary>
    public virtual void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    { }

    /// <summary>A client begins a request, which has not reached any node yet.</summary>
    public virtual void OnInvoked(Operation operation) { }

    /// <summary>A client's request ended with a known outcome.</summary>
    public virtual void OnReturned(Operation operation) { }

    /// <summary>The number of messages in flight from one machine to another changed.</summary>
    public virtual void OnQueue(string queue, int length) { }

    /// <summary>An actor failed, or logged an error, and no fault explains it.</summary>
    public virtual void OnUnexplainedFailure(ClusterView cluster, string machine, Exception? cause, string message) { }

    /// <summary>The run is over: all faults have ended, and the cluster has had time to recover.</summary>
    public virtual void OnEnd(ClusterView cluster) { }

    /// <summary>Counts one evaluation of the property.</summary>
    protected void Examine() => Examined++;

    /// <summary>Reports a violation, and creates the exception that ends the run.</summary>
    /// <param name="fact">What was observed first; a clause without a full stop.</param>
    /// <param name="contradiction">What was observed later and contradicts it; a clause without a full stop.</param>
    protected ViolationException Violated(string fact, string contradiction)
    {
        var violation = new Violation(Name, Source, fact, contradiction);
        Found(violation);
        return new ViolationException(violation);
    }
}
