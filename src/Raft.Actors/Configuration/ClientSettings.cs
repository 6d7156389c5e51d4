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
        RequestTimeout = read.Duration("raft.client.request-timeout");
        RetryInterval = read.Duration("raft.client.retry-interval");
        FailoverAfter = read.Duration("raft.client.failover-after");
        MaxBatchRequests = read.Count("raft.client.max-batch-requests");
        MaxBatchBytes = read.Bytes("raft.client.max-batch-bytes");
        MaxPendingRequests = read.Count("raft.client.max-pending-requests");
        MaxCommandBytes = read.Bytes("raft.max-command-bytes");
        SearchAfter = read.Duration("raft.client.search-after");
        SessionTimeout = read.Duration("raft.session-timeout");
        MaxSessionReplies = read.Count("raft.max-session-replies");
        ClusterId = read.Text("raft.cluster-id") is { Length: > 0 } ? read.Parsed("raft.cluster-id", Protocol.ClusterId.Parse) : null;
        CheckBelowTimeout("raft.client.retry-interval", RetryInterval);
        CheckBelowTimeout("raft.client.search-after", SearchAfter);
        CheckBelowTimeout("raft.client.failover-after", FailoverAfter);
        if (MaxCommandBytes > MaxBatchBytes - RequestOverhead)
            throw new RaftConfigurationException(
                $"raft.max-command-bytes ({MaxCommandBytes}) must be at least {RequestOverhead} below "
                + $"raft.client.max-batch-bytes ({MaxBatchBytes}).");
    }

    /// <summary>How long a request may take.</summary>
    public TimeSpan RequestTimeout { get; }

    /// <summary>Pause before a request that no node took is sent again.</summary>
    public TimeSpan RetryInterval { get; }

    /// <summary>How long a leader may be silent before the nodes are asked whether another one leads by now.</summary>
    public TimeSpan SearchAfter { get; }

    /// <summary>How long a node may be silent before another one is asked.</summary>
    public TimeSpan FailoverAfter { get; }

    /// <summary>Requests in one message, at the most.</summary>
    public int MaxBatchRequests { get; }

    /// <summary>Encoded bytes of one message, at the most.</summary>
    public int MaxBatchBytes { get; }

    /// <summary>Requests under way, at the most.</summary>
    public int MaxPendingRequests { get; }

    /// <summary>The nodes' <c>raft.session-timeout</c>: a session that is unused for half of it is opened anew.</summary>
    public TimeSpan SessionTimeout { get; }

    /// <summary>The nodes' <c>raft.max-session-replies</c>: how many commands beyond the oldest without an end are sent.</summary>
    public int MaxSessionReplies { get; }

    /// <summary>The cluster that requests are for; null where the client is to learn it from the nodes.</summary>
    public Protocol.ClusterId? ClusterId { get; }

    /// <summary>Bytes of one command or question, at the most.</summary>
    public int MaxCommandBytes { get; }

    private void CheckBelowTimeout(string key, TimeSpan value)
    {
        if (value >= RequestTimeout)
            throw new RaftConfigurationException(
                $"{key} ({value.TotalMilliseconds} ms) must be below raft.client.request-timeout "
                + $"({RequestTimeout.TotalMilliseconds} ms).");
    }
}
