// Written by ./dev settings, from RaftSettings, ClientSettings and reference.conf: change those.
namespace Raft.Actors.Configuration;

public sealed partial class RaftClientOptions
{
    /// <summary>Time after which an unanswered request fails. Default 5 s.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// Pause before the client asks the nodes again for the leader; well below <see cref="RequestTimeout"/>. Default 50 ms.
    /// </summary>
    public TimeSpan? RetryInterval { get; set; }

    /// <summary>
    /// Silence of a leader after which the client asks the nodes for a newer one; below <see cref="RequestTimeout"/>. Default 200
    /// ms.
    /// </summary>
    public TimeSpan? SearchAfter { get; set; }

    /// <summary>
    /// Silence of a node after which the client sends its requests to another one; below <see cref="RequestTimeout"/>. Default 1
    /// s.
    /// </summary>
    public TimeSpan? FailoverAfter { get; set; }

    /// <summary>Maximum number of requests in one message; at least 1. Default 1,024.</summary>
    public int? MaxBatchRequests { get; set; }

    /// <summary>
    /// Maximum encoded size of one message in bytes; at least 16 KiB below Akka.Remote's largest frame. Default 512 KiB.
    /// </summary>
    public int? MaxBatchBytes { get; set; }

    /// <summary>Maximum number of pending requests of one client; at least 1. Default 16,384.</summary>
    public int? MaxPendingRequests { get; set; }

    internal IEnumerable<(string Key, object? Value)> Keys =>
    [
        ("client.request-timeout", RequestTimeout),
        ("client.retry-interval", RetryInterval),
        ("client.search-after", SearchAfter),
        ("client.failover-after", FailoverAfter),
        ("client.max-batch-requests", MaxBatchRequests),
        ("client.max-batch-bytes", MaxBatchBytes),
        ("client.max-pending-requests", MaxPendingRequests),
    ];
}
