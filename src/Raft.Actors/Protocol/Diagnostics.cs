namespace Raft.Actors.Protocol;

/// <summary>
/// Requests <see cref="NodeDiagnostics"/> from the diagnostics actor of a node's process, which measures for up to two seconds.
/// </summary>
internal sealed record GetDiagnostics
{
    /// <summary>The message; it has no content.</summary>
    public static readonly GetDiagnostics Instance = new();
}

/// <summary>What a node's process knows and has measured about itself.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Settings">The effective settings, by key of <c>reference.conf</c>, formatted identically on all nodes.</param>
/// <param name="Versions">Versions of the program, Akka, .NET and the operating system.</param>
/// <param name="Peers">Its view of the other nodes.</param>
/// <param name="Disk">Its disk; null if it keeps nothing on a disk or has no <c>IDiskProbe</c>.</param>
public sealed record NodeDiagnostics(
    NodeId NodeId,
    IReadOnlyList<NamedText> Settings,
    IReadOnlyList<NamedText> Versions,
    IReadOnlyList<PeerView> Peers,
    DiskDiagnostics? Disk);

/// <summary>A text with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The text.</param>
public sealed record NamedText(string Name, string Text);

/// <summary>The view of another node's process.</summary>
/// <param name="NodeId">The other node.</param>
/// <param name="RoundTripMicroseconds">Time from a ping to its pong; null if none arrived within a second.</param>
/// <param name="ClockAheadMilliseconds">How far its wall clock is ahead, in milliseconds, assuming that the ping took half of the
/// round trip; negative if it is behind; null without a pong.</param>
/// <param name="HeardMillisecondsAgo">Time since the last ping from that node; null if none arrived since the process
/// started.</param>
public sealed record PeerView(
    NodeId NodeId, long? RoundTripMicroseconds, long? ClockAheadMilliseconds, long? HeardMillisecondsAgo)
{
    /// <summary>How often the connection to it was renewed because it was open although no message got through.</summary>
    public long LinkRenewals { get; init; }

    /// <summary>Time since the last renewal; null if there was none since the process started.</summary>
    public long? LinkRenewedMillisecondsAgo { get; init; }

    /// <summary>
    /// The nodes that the other process reported in its pong. It shows what that process hears even if it can't reach those
    /// nodes.
    /// </summary>
    public IReadOnlyList<HeardNode> Hears { get; init; } = [];
}

/// <summary>A node whose ping was received.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="MillisecondsAgo">Time since its last ping.</param>
public sealed record HeardNode(NodeId NodeId, long MillisecondsAgo);

/// <summary>The disk that a node's journal is on.</summary>
/// <param name="Folder">The journal's folder.</param>
/// <param name="FreeBytes">Free space.</param>
/// <param name="TotalBytes">Total space.</param>
/// <param name="JournalBytes">Size of the journal.</param>
/// <param name="JournalMode">The database's journal mode, such as <c>wal, synchronous 2</c>.</param>
/// <param name="SyncMicroseconds">Durations of a few small synced writes; empty if they failed.</param>
/// <param name="Problem">Why something could not be measured; null if everything could.</param>
public sealed record DiskDiagnostics(
    string Folder,
    long FreeBytes,
    long TotalBytes,
    long JournalBytes,
    string JournalMode,
    IReadOnlyList<long> SyncMicroseconds,
    string? Problem)
{
    /// <summary>Size of the journal's write-ahead log, which is part of the journal; 0 if there is none.</summary>
    public long JournalLogBytes { get; init; }
}

/// <summary>Pings the diagnostics actor of another node's process; answered by <see cref="DiagnosticsPong"/>.</summary>
/// <param name="From">The node whose process pings.</param>
/// <param name="AsksOn">Whether the receiver should ping all nodes too, so that each learns which nodes it hears.</param>
internal sealed record DiagnosticsPing(NodeId From, bool AsksOn = false);

/// <summary>The answer to <see cref="DiagnosticsPing"/>.</summary>
/// <param name="UnixMilliseconds">The wall clock of the answering process.</param>
internal sealed record DiagnosticsPong(long UnixMilliseconds)
{
    /// <summary>The nodes whose pings this process has received.</summary>
    public IReadOnlyList<HeardNode> Heard { get; init; } = [];
}
