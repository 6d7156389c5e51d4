namespace Raft.Actors.Protocol;

/// <summary>Requests a process's tree of actors; answered by <see cref="ActorTree"/>.</summary>
/// <param name="Under">Path of the topmost actor, such as <c>/user/raft-default</c>; <c>/</c> for all actors.</param>
/// <param name="Depth">Maximum number of levels below that actor.</param>
/// <param name="Limit">Maximum number of actors in the answer.</param>
public sealed record GetActors(string Under, int Depth, int Limit);

/// <summary>A process's actors. It is not an atomic snapshot, since the actors continue meanwhile.</summary>
/// <param name="System">The ActorSystem's address.</param>
/// <param name="Actors">Each actor before its children; empty if no actor has the requested path.</param>
/// <param name="IsCut">Whether actors were left out because of the limit.</param>
public sealed record ActorTree(string System, IReadOnlyList<ActorView> Actors, bool IsCut);

/// <summary>One actor.</summary>
/// <param name="Path">The actor's path in its ActorSystem.</param>
/// <param name="Type">The actor's class name without namespace; for a reference without an actor, such as a pending Ask, the
/// class name of the reference.</param>
/// <param name="Queued">Number of messages in its mailbox; null if it has no mailbox.</param>
/// <param name="Children">Number of its children, including those that are not in the answer.</param>
public sealed record ActorView(string Path, string Type, int? Queued, int Children);
