using Akka.Actor.Setup;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Hosting;

/// <summary>Passes the groups of <c>WithRaft</c> into the ActorSystem.</summary>
internal sealed class RaftSetup : Setup
{
    private readonly List<NamedGroup> _groups = [];

    public IReadOnlyList<NamedGroup> Groups => _groups;

    public void Add(NamedGroup group) => _groups.Add(group);
}

/// <summary>A group of <c>WithRaft</c>.</summary>
/// <param name="Id">The group's name.</param>
/// <param name="StateMachine">Creates an empty state machine, with services of the application if it needs some.</param>
internal sealed record NamedGroup(GroupId Id, Func<IServiceProvider, IStateMachine> StateMachine);
