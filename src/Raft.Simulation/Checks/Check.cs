using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Checks;

/// <summary>
/// One property that every run must have. A check sees all that nodes do, when they do it, and throws at the first
/// contradiction. It is made anew for each run, and counts how often it had something to check: a check that never had is
/// no evidence.
/// </summary>
internal abstract class Check
{
    /// <summary>The property's name, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Where the property comes from: a section of the Raft paper or dissertation, or a hazard.</summary>
    public abstract string Source { get; }

    /// <summary>Told of a violation before it is thrown: an exception thrown inside an actor ends at its supervisor.</summary>
    internal Action<Violation> Found { get; set; } = _ => { };

    /// <summary>How often the property was examined in this run.</summary>
    public long Examined { get; private set; }

    /// <summary>A node changed in this step: its role, term, vote, log, or one of its indexes.</summary>
    public virtual void OnNodeChanged(ClusterView cluster, NodeChange change) { }

    /// <summary>A node sent a message to another.</summary>
    public virtual void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc) { }

    /// <summary>A message of another node reached this one; the node has not handled it yet.</summary>
    public virtual void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc) { }

    /// <summary>A message was encoded to be sent, by whomever and to whomever.</summary>
    public virtual void OnEncoded(string sender, string receiver, object message, int bytes) { }

    /// <summary>Requests of a client reached a node; it has not handled them yet.</summary>
    public virtual void OnRequestsDelivered(ClusterView cluster, NodeView node, string client, IReadOnlyList<long> requestIds) { }

    /// <summary>Commands of a client reached a node, and sessions to open; it has not handled them yet.</summary>
    public virtual void OnProposalsDelivered(
        ClusterView cluster, NodeView node, string client, IReadOnlyList<Proposal> proposals)
    { }

    /// <summary>Queries of a client reached a node; it has not handled them yet.</summary>
    public virtual void OnQueriesDelivered(ClusterView cluster, NodeView node, string client, ClientQuery query) { }

    /// <summary>A node answered a request of a client.</summary>
    public virtual void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply) { }

    /// <summary>Events of a node are on its disk now.</summary>
    public virtual void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events) { }

    /// <summary>
    /// The disk of a node, which is down, lost what it had, or the end of it. The view is a new one, and what is left is written
    /// to it next.
    /// </summary>
    public virtual void OnDiskLost(ClusterView cluster, NodeView node) { }

    /// <summary>The events of a node up to this one are deleted from its disk.</summary>
    public virtual void OnDeleted(ClusterView cluster, NodeView node, long toSequenceNr) { }

    /// <summary>A node's state machine has its state from a snapshot now; this is the last command in it.</summary>
    public virtual void OnRestored(ClusterView cluster, NodeView node, LogIndex lastCommand) { }

    /// <summary>A node's state machine applied a command.</summary>
    public virtual void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    { }

    /// <summary>A client asks for something. Nobody has got it yet.</summary>
    public virtual void OnInvoked(Operation operation) { }

    /// <summary>A client's request ended, and how is known.</summary>
    public virtual void OnReturned(Operation operation) { }

    /// <summary>So many messages are under way from one machine to another.</summary>
    public virtual void OnQueue(string queue, int length) { }

    /// <summary>An actor failed, or something was logged as an error, without a fault that explains it.</summary>
    public virtual void OnUnexplainedFailure(ClusterView cluster, string machine, Exception? cause, string message) { }

    /// <summary>The run is over: all faults have ended, and the cluster had time to recover from them.</summary>
    public virtual void OnEnd(ClusterView cluster) { }

    /// <summary>Counts one examination.</summary>
    protected void Examine() => Examined++;

    /// <summary>Ends the run.</summary>
    /// <param name="fact">What was seen first; a clause without a full stop.</param>
    /// <param name="contradiction">What was seen then, and cannot be; a clause without a full stop.</param>
    protected ViolationException Violated(string fact, string contradiction)
    {
        var violation = new Violation(Name, Source, fact, contradiction);
        Found(violation);
        return new ViolationException(violation);
    }
}
