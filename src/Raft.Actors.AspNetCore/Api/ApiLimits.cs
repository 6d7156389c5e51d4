using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Api;

/// <summary>The limits of the routes.</summary>
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

    /// <summary>The timeout for the status of each node when all nodes are queried.</summary>
    public static readonly TimeSpan MemberTimeout = TimeSpan.FromSeconds(1);
}
