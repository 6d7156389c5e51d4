namespace Raft.Actors.Protocol;

/// <summary>Asks a process for its tree of actors; answered by <see cref="ActorTree"/>.</summary>
/// <param name="Under">Path of the actor to begin at, such as <c>/user/raft-default</c>; <c>/</c> for all of them.</param>
/// <param name="Depth">Levels below that actor, at the most.</param>
/// <param name="Limit">Actors in the answer, at the most.</param>
public sealed record GetActors(string Under, int Depth, int Limit);

/// <summary>A process's actors at one moment, while all of them go on.</summary>
/// <param name="System">The ActorSystem's address.</param>
/// <param name="Actors">Each actor before its children; none where there is no actor at the path that was asked for.</param>
/// <param name="IsCut">Whether there were more than the limit; which of them are left out is not said.</param>
public sealed record ActorTree(string System, IReadOnlyList<ActorView> Actors, bool IsCut);

/// <summary>One actor.</summary>
/// <param name="Path">Its path in its ActorSystem.</param>
/// <param name="Type">The name of its class, without its namespace; of what is no actor, such as a waiting Ask, that of its reference.</param>
/// <param name="Queued">Messages in its mailbox; null where it has none.</param>
/// <param name="Children">How many children it has, whether they are in the answer or not.</param>
public sealed record ActorView(string Path, string Type, int? Queued, int Children);
