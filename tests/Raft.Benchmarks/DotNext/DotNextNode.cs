using System.Net;
using DotNext.Net.Cluster.Consensus.Raft;
using DotNext.Net.Cluster.Consensus.Raft.Membership;
using DotNext.Net.Cluster.Consensus.Raft.StateMachine;

namespace Raft.Benchmarks.DotNext;

/// <summary>One DotNext node: its write-ahead log on disk, and its TCP endpoint.</summary>
internal sealed class DotNextNode : IAsyncDisposable
{
    /// <summary>One data file of the log, in bytes: 4,096 entries of the benchmark.</summary>
    private const int ChunkSize = 1024 * 1024;

    /// <summary>
    /// The number of entries between two snapshots. Without snapshots the log keeps every page in memory; with more frequent
    /// ones, a follower that lags skips entries.
    /// </summary>
    private const long SnapshotThreshold = 10_000;

    private readonly WriteAheadLog _log;
    private readonly RaftCluster _raft;

    /// <summary>Opens the log and creates the node, which is inactive until it is started.</summary>
    /// <param name="self">The address of this node.</param>
    /// <param name="members">The voters, this node among them.</param>
    /// <param name="folder">The folder of the log.</param>
    public DotNextNode(IPEndPoint self, IEnumerable<EndPoint> members, string folder)
    {
        _log = OpenLog(folder);
        _raft = new RaftCluster(Configure(self, members)) { AuditTrail = _log };
    }

    /// <summary>Starts listening and participating in elections.</summary>
    public Task StartAsync(CancellationToken token) => _raft.StartAsync(token);

    /// <summary>Completes when this node leads and has committed an entry of its term.</summary>
    public async Task<DotNextNode> WaitUntilLeaderAsync(CancellationToken token)
    {
        await _raft.WaitForLeadershipAsync(token).ConfigureAwait(false);
        return this;
    }

    /// <summary>Completes when the entry is committed and applied here.</summary>
    /// <exception cref="NotLeaderException">This node does not lead, or lost its leadership meanwhile.</exception>
    public Task ReplicateAsync(ReadOnlyMemory<byte> payload, CancellationToken token) =>
        _raft.ReplicateAsync(payload, token: token).AsTask();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _raft.DisposeAsync().ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Private memory, because its documentation names it the fastest for writes. As of 6.12 a log flushes on every
    /// append and commit, and both <c>FlushInterval</c> and <c>FlushOnCommit</c> are obsolete: there is nothing to
    /// switch on.
    /// </summary>
    private static WriteAheadLog OpenLog(string folder)
    {
        var options = new WriteAheadLog.Options
        {
            Location = Path.Combine(folder, "log"),
            ChunkSize = ChunkSize,
            MemoryManagement = WriteAheadLog.MemoryManagementStrategy.PrivateMemory,
        };
        var snapshots = new DirectoryInfo(Path.Combine(folder, "snapshots"));
        return new WriteAheadLog(options, new DotNextNoopStateMachine(snapshots, SnapshotThreshold));
    }

    /// <summary>
    /// No cold start: a node that starts cold makes itself the only voter, and here all voters are known up front.
    /// </summary>
    private static RaftCluster.TcpConfiguration Configure(IPEndPoint self, IEnumerable<EndPoint> members)
    {
        var configuration = new RaftCluster.TcpConfiguration(self)
        {
            ColdStart = false,
            ConfigurationStorage = null,
            LowerElectionTimeout = 1_000,
            UpperElectionTimeout = 2_000,
        };
        Announce(members, configuration);
        return configuration;
    }

    private static void Announce(IEnumerable<EndPoint> members, RaftCluster.TcpConfiguration configuration)
    {
        var storage = (InMemoryClusterConfigurationStorage<EndPoint>)configuration.ConfigurationStorage;
        var builder = storage.CreateInitialConfigurationBuilder();
        builder.UnionWith(members);
        builder.Build();
    }
}
