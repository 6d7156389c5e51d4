using Akka.Actor;
using Raft.Actors.Inspection;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>Inspects the processes of a group: their actors, disks, clocks and connections. Thread-safe.</summary>
public sealed class GroupInspection
{
    private readonly ExtendedActorSystem _system;
    private readonly GroupNodes _nodes;
    private readonly NodeId? _self;
    private readonly Vitals _vitals;

    internal GroupInspection(ExtendedActorSystem system, GroupNodes nodes, NodeId? self, GroupId? ownGroup)
    {
        _vitals = new Vitals(system, ownGroup);
        _system = system;
        _nodes = nodes;
        _self = self;
    }

    /// <summary>The ActorSystem of this process.</summary>
    public ActorSystem System => _system;

    /// <summary>
    /// Checks whether only a new process helps: the ActorSystem has ended, or Akka.Remote or the process's node has stopped or
    /// has answered none of several pings for 30 seconds. A node that reads a long journal is not dead. A check takes up to a
    /// second.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Why this process is dead, as a sentence; null if it is not, or if that is not certain yet.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string?> FindFatalProblemAsync(CancellationToken cancellationToken = default) =>
        _vitals.WhyDeadAsync(cancellationToken);

    /// <summary>Gets the actors of a process, as a tree.</summary>
    /// <param name="query">The actors to get.</param>
    /// <param name="timeout">The time to wait for the answer of another process.</param>
    /// <param name="node">The node whose process to query; null for this process.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NoSuchNodeException">This process knows no address of the node.</exception>
    /// <exception cref="NoAnswerException">The node's process did not answer in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ActorTree> GetActorsAsync(
        GetActors query, TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default)
    {
        if (node is not { } name || name == _self) return ActorTreeReader.Read(_system, query);
        return await GroupNodes.AskAsync<ActorTree>(_nodes.DiagnosticsActor(name), name, query, timeout, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Diagnoses the processes of all nodes with a known address, at the same time.</summary>
    /// <param name="timeout">The time to wait for each process; a diagnosis takes up to two seconds.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The diagnostics of the processes that answered, ordered by node.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<NodeDiagnostics>> DiagnoseAllAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _nodes.DiagnoseAllAsync(timeout, cancellationToken);
}
