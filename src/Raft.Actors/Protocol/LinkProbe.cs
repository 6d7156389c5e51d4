namespace Raft.Actors.Protocol;

/// <summary>
/// What the processes of a group's nodes send to each other all the time, so that each knows whether its messages arrive. Nobody
/// answers it.
/// </summary>
/// <param name="From">Whose process sends it.</param>
/// <param name="HearsNothing">Whether it heard nothing from the receiver since its last probe.</param>
internal sealed record LinkProbe(NodeId From, bool HearsNothing);
