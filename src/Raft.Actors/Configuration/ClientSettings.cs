using Akka.Configuration;

namespace Raft.Actors.Configuration;

/// <summary>The checked settings of a <c>RaftClient</c>; <c>reference.conf</c> documents each key.</summary>
public sealed class ClientSettings
{
    /// <summary>Maximum bytes that an encoded request needs beside its payload.</summary>
    internal const int RequestOverhead = 24;

    /// <summary>Reads and checks the <c>raft.client</c> section.</summary>
    /// <param name="config">The configuration of the ActorSystem, with <see cref="RaftConfig.Reference"/> below it.</param>
    /// <exception cref="RaftConfigurationException">A value is wrong; the message names the key.</exception>
    public ClientSettings(Config config)
        : this(new SettingsReader(config))
    {
    }

    internal ClientSettings(SettingsReader read)
    {
        foreach (var setting in Setting.OfClient) setting.Read(read, this);
        CheckBelowTimeout("raft.client.retry-interval", RetryInterval);
        CheckBelowTimeout("raft.client.search-after", SearchAfter);
        CheckBelowTimeout("raft.client.failover-after", FailoverAfter);
        if (MaxCommandBytes > MaxBatchBytes - RequestOverhead)
            throw new RaftConfigurationException(
                $"raft.max-command-bytes ({MaxCommandBytes}) must be at least {RequestOverhead} below "
                + $"raft.client.max-batch-bytes ({MaxBatchBytes}).");
    }

    /// <summary>Time after which an unanswered request fails.</summary>
    [Duration("raft.client.request-timeout")]
    public TimeSpan RequestTimeout { get; private init; }

    /// <summary>Pause before the client asks the nodes again for the leader; well below <see cref="RequestTimeout"/>.</summary>
    [Duration("raft.client.retry-interval")]
    public TimeSpan RetryInterval { get; private init; }

    /// <summary>
    /// Silence of a leader after which the client asks the nodes for a newer one; below <see cref="RequestTimeout"/>.
    /// </summary>
    [Duration("raft.client.search-after")]
    public TimeSpan SearchAfter { get; private init; }

    /// <summary>
    /// Silence of a node after which the client sends its requests to another one; below <see cref="RequestTimeout"/>.
    /// </summary>
    [Duration("raft.client.failover-after")]
    public TimeSpan FailoverAfter { get; private init; }

    /// <summary>Maximum number of requests in one message; at least 1.</summary>
    [Count("raft.client.max-batch-requests")]
    public int MaxBatchRequests { get; private init; }

    /// <summary>Maximum encoded size of one message in bytes; at least 16 KiB below Akka.Remote's largest frame.</summary>
    [Bytes("raft.client.max-batch-bytes")]
    public int MaxBatchBytes { get; private init; }

    /// <summary>Maximum number of pending requests of one client; at least 1.</summary>
    [Count("raft.client.max-pending-requests")]
    public int MaxPendingRequests { get; private init; }

    /// <summary>The nodes' <c>raft.session-timeout</c>: the client replaces a session that is unused for half of it.</summary>
    [Duration("raft.session-timeout")]
    public TimeSpan SessionTimeout { get; private init; }

    /// <summary>
    /// The nodes' <c>raft.max-session-replies</c>: the maximum number of commands that the client sends beyond the oldest
    /// unfinished one.
    /// </summary>
    [Count("raft.max-session-replies")]
    public int MaxSessionReplies { get; private init; }

    /// <summary>The cluster that receives the requests; null if the client learns it from the nodes.</summary>
    [ClusterName("raft.cluster-id")]
    public Protocol.ClusterId? ClusterId { get; private init; }

    /// <summary>Maximum size of a command or query in bytes.</summary>
    [Bytes("raft.max-command-bytes")]
    public int MaxCommandBytes { get; private init; }

    private void CheckBelowTimeout(string key, TimeSpan value)
    {
        if (value >= RequestTimeout)
            throw new RaftConfigurationException(
                $"{key} ({value.TotalMilliseconds} ms) must be below raft.client.request-timeout "
                + $"({RequestTimeout.TotalMilliseconds} ms).");
    }
}
