using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Host.Api;

/// <summary>The limits of the HTTP API.</summary>
internal static class ApiLimits
{
    /// <summary>The maximum size of a value in bytes. With its key it fits into <c>raft.max-command-bytes</c>.</summary>
    public const int MaxValueBytes = 256 * 1024;

    /// <summary>The maximum size of a JSON request body in bytes.</summary>
    public const int MaxJsonBytes = 4 * 1024;

    /// <summary>The default number of log entries or keys in a page.</summary>
    public const int DefaultPage = 100;

    /// <summary>The maximum number of log entries in a page.</summary>
    public const int MaxLogPage = 1000;

    /// <summary>The maximum number of keys in a page.</summary>
    public const int MaxKeyPage = KeyValueStore.MaxRangeKeys;

    /// <summary>
    /// The number of body bytes that the server still reads after it has rejected a request, so that the client sees why. The
    /// server closes a connection with a longer body.
    /// </summary>
    public const int MaxDrainedBytes = 1024 * 1024;

    /// <summary>The maximum size of method and URL: a percent-encoded key may take three times its size.</summary>
    public const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>The maximum number of connections of a node. The server closes further ones immediately.</summary>
    public const int MaxConnections = 10_000;

    /// <summary>The maximum number of clients of <c>/api/events</c>. Each one holds a connection.</summary>
    public const int MaxEventStreams = 512;

    /// <summary>How long a client of <c>/api/events</c> waits before it reconnects.</summary>
    public static readonly TimeSpan EventRetry = TimeSpan.FromSeconds(1);

    /// <summary>The timeout of a leadership transfer. A leader gives up after <c>raft.election-timeout-max</c>.</summary>
    public static readonly TimeSpan TransferTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a request waits for a snapshot. The node completes the snapshot in any case.</summary>
    public static readonly TimeSpan SnapshotTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The timeout for the status of a single node.</summary>
    public static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The default number of actors in a response.</summary>
    public const int DefaultActors = 500;

    /// <summary>The timeout for the diagnostics of a node, which measure for up to two seconds.</summary>
    public static readonly TimeSpan DiagnosticsTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The timeout for the status of each node when all nodes are queried.</summary>
    public static readonly TimeSpan MemberTimeout = TimeSpan.FromSeconds(1);
}
