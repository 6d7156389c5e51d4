using Akka.Actor.Setup;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Hosting;

/// <summary>The groups that <c>WithRaft</c> named, on their way into the ActorSystem.</summary>
internal sealed class RaftSetup : Setup
{
    private readonly List<NamedGroup> _groups = [];

    public IReadOnlyList<NamedGroup> Groups => _groups;

    public void Add(NamedGroup group) => _groups.Add(group);
}

/// <summary>A group that <c>WithRaft</c> named.</summary>
/// <param name="Id">Its name.</param>
/// <param name="StateMachine">Makes an empty state machine, with services of the application where it needs some.</param>
internal sealed record NamedGroup(GroupId Id, Func<IServiceProvider, IStateMachine> StateMachine);
