using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Host.Api;

/// <summary>The limits of the HTTP API.</summary>
internal static class ApiLimits
{
    /// <summary>Largest value of a key, in bytes; with its key it fits <c>raft.max-command-bytes</c>.</summary>
    public const int MaxValueBytes = 256 * 1024;

    /// <summary>Largest body of a request in JSON, in bytes.</summary>
    public const int MaxJsonBytes = 4 * 1024;

    /// <summary>Entries or keys in one page, where the request names no limit.</summary>
    public const int DefaultPage = 100;

    /// <summary>Entries of the log in one page, at the most.</summary>
    public const int MaxLogPage = 1000;

    /// <summary>Keys in one page, at the most.</summary>
    public const int MaxKeyPage = KeyValueStore.MaxRangeKeys;

    /// <summary>
    /// Bytes of a body that are still read after its request was refused, so that the client sees why. A connection whose
    /// body is longer is closed.
    /// </summary>
    public const int MaxDrainedBytes = 1024 * 1024;

    /// <summary>Room for method and URL: a key may take three times its size, percent-encoded.</summary>
    public const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>Connections of one node, at the most; further ones are closed at once.</summary>
    public const int MaxConnections = 10_000;

    /// <summary>Readers of <c>/api/events</c>, at the most; each holds a connection.</summary>
    public const int MaxEventStreams = 512;

    /// <summary>How long a reader of <c>/api/events</c> waits before it connects again.</summary>
    public static readonly TimeSpan EventRetry = TimeSpan.FromSeconds(1);

    /// <summary>How long a transfer may take; a leader gives up after <c>raft.election-timeout-max</c>.</summary>
    public static readonly TimeSpan TransferTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long is waited for a snapshot; a node goes on with it all the same.</summary>
    public static readonly TimeSpan SnapshotTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the one node that is asked may take to answer for itself.</summary>
    public static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Actors in one answer, where the request names no limit.</summary>
    public const int DefaultActors = 500;

    /// <summary>How long an examination of a node may take, which measures for up to two seconds.</summary>
    public static readonly TimeSpan DiagnosticsTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long each member may take to answer for itself.</summary>
    public static readonly TimeSpan MemberTimeout = TimeSpan.FromSeconds(1);
}
