using Akka.Actor;
using Raft.Actors.Inspection;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>What an operator asks of the processes of a group, beside what nodes say of themselves.</summary>
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
    /// Why this process can do nothing any more: its ActorSystem has ended, or Akka.Remote or its node has stopped or not answered for
    /// 30 seconds, in which it is asked several times. Only a new process helps then. A node that reads a long journal is not dead.
    /// </summary>
    /// <returns>A sentence; null where it can, or that is not certain yet. It takes up to a second.</returns>
    public Task<string?> WhyDeadAsync() => _vitals.WhyDeadAsync();

    /// <summary>A process's tree of actors.</summary>
    /// <param name="query">Which actors.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="node">The node whose process is asked; null for this process.</param>
    /// <exception cref="NoSuchNodeException">No address is known of that node.</exception>
    /// <exception cref="NoAnswerException">Its process did not answer in time.</exception>
    public async Task<ActorTree> GetActorsAsync(GetActors query, TimeSpan timeout, NodeId? node = null)
    {
        if (node is not { } name || name == _self) return ActorTreeReader.Read(_system, query);
        var (tree, _) = await GroupNodes.AskAsync<ActorTree, NodeDown>(_nodes.DiagnosticsActor(name), name, query, timeout)
            .ConfigureAwait(false);
        return tree ?? throw new NoAnswerException($"{name} gave an answer that this version does not know.");
    }

    /// <summary>Has all nodes that have an address examined, at the same time.</summary>
    /// <param name="timeout">How long to wait for each; an examination takes up to two seconds.</param>
    /// <returns>The examinations of those who answered, by name.</returns>
    public Task<IReadOnlyList<NodeDiagnostics>> DiagnoseAllAsync(TimeSpan timeout) => _nodes.DiagnoseAllAsync(timeout);
}
