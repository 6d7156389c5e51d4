namespace Raft.Actors.Protocol;

/// <summary>
/// A probe that the processes of a group's nodes send each other continuously, so that each knows whether its messages arrive. It
/// is not answered.
/// </summary>
/// <param name="From">The node whose process sends it.</param>
/// <param name="HearsNothing">Whether the sender has heard nothing from the receiver since its last probe.</param>
internal sealed record LinkProbe(NodeId From, bool HearsNothing);
