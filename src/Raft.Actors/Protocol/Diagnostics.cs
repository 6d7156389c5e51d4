namespace Raft.Actors.Protocol;

/// <summary>Asks the examiner of a node's process for a <see cref="NodeDiagnostics"/>. It measures, and takes up to two seconds.</summary>
internal sealed record GetDiagnostics
{
    /// <summary>The message; it has no content.</summary>
    public static readonly GetDiagnostics Instance = new();
}

/// <summary>What a node's process knows and measured of itself.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Settings">The effective settings, by key of <c>reference.conf</c>, each written in one way on all nodes.</param>
/// <param name="Versions">Versions of what it runs on: program, Akka, .NET, operating system.</param>
/// <param name="Peers">How it sees the other nodes.</param>
/// <param name="Disk">Its disk; null where it keeps nothing on one, or nobody told how to look at it.</param>
public sealed record NodeDiagnostics(
    NodeId NodeId,
    IReadOnlyList<NamedText> Settings,
    IReadOnlyList<NamedText> Versions,
    IReadOnlyList<PeerView> Peers,
    DiskDiagnostics? Disk);

/// <summary>A text and what it is.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">The text.</param>
public sealed record NamedText(string Name, string Text);

/// <summary>How a process sees another one that has a node.</summary>
/// <param name="NodeId">The other node.</param>
/// <param name="RoundTripMicroseconds">Time from a query to its answer; null where none came within a second.</param>
/// <param name="ClockAheadMilliseconds">By how much its wall clock is ahead, in milliseconds, the way there taken for half of the round trip; below 0 where it is behind; null without an answer.</param>
/// <param name="HeardMillisecondsAgo">When a query of that node came last; null for not since the process began.</param>
public sealed record PeerView(
    NodeId NodeId, long? RoundTripMicroseconds, long? ClockAheadMilliseconds, long? HeardMillisecondsAgo)
{
    /// <summary>How often the connection to it was renewed, since it was open and nothing got through.</summary>
    public long LinkRenewals { get; init; }

    /// <summary>When that was last; null for not since the process began.</summary>
    public long? LinkRenewedMillisecondsAgo { get; init; }

    /// <summary>Whom the other process has heard, as it answered; so what it hears is known where it does not reach itself.</summary>
    public IReadOnlyList<HeardNode> Hears { get; init; } = [];
}

/// <summary>A node whose query has come.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="MillisecondsAgo">How long ago the last one came.</param>
public sealed record HeardNode(NodeId NodeId, long MillisecondsAgo);

/// <summary>The disk that a node's journal is on.</summary>
/// <param name="Folder">Where.</param>
/// <param name="FreeBytes">Room that is left.</param>
/// <param name="TotalBytes">Room that there is.</param>
/// <param name="JournalBytes">Size of the journal.</param>
/// <param name="JournalMode">How the journal writes, such as <c>wal, synchronous 2</c>.</param>
/// <param name="SyncMicroseconds">Times of a few small writes, each synced; none where that failed.</param>
/// <param name="Problem">Why something could not be measured; null where all could.</param>
public sealed record DiskDiagnostics(
    string Folder,
    long FreeBytes,
    long TotalBytes,
    long JournalBytes,
    string JournalMode,
    IReadOnlyList<long> SyncMicroseconds,
    string? Problem)
{
    /// <summary>Size of the journal's write-ahead log, which is part of the journal; 0 where there is none.</summary>
    public long JournalLogBytes { get; init; }
}

/// <summary>Asks the examiner of another node's process whether it is there; answered by <see cref="DiagnosticsPong"/>.</summary>
/// <param name="From">Whose process asks.</param>
/// <param name="AsksOn">Whether the other process is to ask all nodes too, so that each tells whom it hears.</param>
internal sealed record DiagnosticsPing(NodeId From, bool AsksOn = false);

/// <summary>The answer to <see cref="DiagnosticsPing"/>.</summary>
/// <param name="UnixMilliseconds">What this process's wall clock shows.</param>
internal sealed record DiagnosticsPong(long UnixMilliseconds)
{
    /// <summary>The nodes whose queries this process has heard.</summary>
    public IReadOnlyList<HeardNode> Heard { get; init; } = [];
}
