using Akka.Configuration;

namespace Raft.Actors.Configuration;

/// <summary>The checked settings of a <c>RaftClient</c>; <c>reference.conf</c> documents each key.</summary>
public sealed class ClientSettings
{
    /// <summary>What an encoded request takes beside its payload, at the most, in bytes.</summary>
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

    /// <summary>How long a request may take.</summary>
    [Duration("raft.client.request-timeout")]
    public TimeSpan RequestTimeout { get; private init; }

    /// <summary>Pause before a request that no node took is sent again; well below <see cref="RequestTimeout"/>.</summary>
    [Duration("raft.client.retry-interval")]
    public TimeSpan RetryInterval { get; private init; }

    /// <summary>
    /// Silence of a leader after which the nodes are asked whether another one leads; below <see cref="RequestTimeout"/>.
    /// </summary>
    [Duration("raft.client.search-after")]
    public TimeSpan SearchAfter { get; private init; }

    /// <summary>Silence of a node after which another one is asked; below <see cref="RequestTimeout"/>.</summary>
    [Duration("raft.client.failover-after")]
    public TimeSpan FailoverAfter { get; private init; }

    /// <summary>Requests in one message; at least 1.</summary>
    [Count("raft.client.max-batch-requests")]
    public int MaxBatchRequests { get; private init; }

    /// <summary>Encoded bytes of one message; at least 16 KiB below Akka.Remote's largest frame.</summary>
    [Bytes("raft.client.max-batch-bytes")]
    public int MaxBatchBytes { get; private init; }

    /// <summary>Requests of one client under way; at least 1.</summary>
    [Count("raft.client.max-pending-requests")]
    public int MaxPendingRequests { get; private init; }

    /// <summary>The nodes' <c>raft.session-timeout</c>: a session that is unused for half of it is opened anew.</summary>
    [Duration("raft.session-timeout")]
    public TimeSpan SessionTimeout { get; private init; }

    /// <summary>
    /// The nodes' <c>raft.max-session-replies</c>: how many commands beyond the oldest without an end are sent.
    /// </summary>
    [Count("raft.max-session-replies")]
    public int MaxSessionReplies { get; private init; }

    /// <summary>The cluster that requests are for; null where the client is to learn it from the nodes.</summary>
    [ClusterName("raft.cluster-id")]
    public Protocol.ClusterId? ClusterId { get; private init; }

    /// <summary>Bytes of one command or query, at the most.</summary>
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
