using Akka.Actor;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Storage;

/// <summary>
/// What a node recovers counts as durable, so it is on disk first. The database file is written by synced checkpoints alone: what
/// it has without its write-ahead log is on disk.
/// </summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TempFolder _root = new();

    private string Journal => _root.File("n1/journal.db");

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task What_a_killed_node_reads_back_is_on_disk_before_it_takes_part()
    {
        await using (var cluster = await StartAsync(_root.File("before")))
        {
            Journals.CopyAsKilled(_root.File("before/n1"), _root.File("n1"));
        }

        Assert.Equal(0, Journals.HighestWithoutLog(Journal));
        await using var again = await StartAsync(_root.Path);

        Assert.True(Journals.HighestWithoutLog(Journal) > 0);
    }

    [Fact]
    public async Task What_a_node_reads_back_when_its_actor_starts_again_is_on_disk_before_it_takes_part()
    {
        await using var cluster = await StartAsync(_root.Path);
        var node = cluster.Nodes[0];
        var before = (await node.Group.GetStatusAsync(TimeSpan.FromSeconds(10))).LastApplied;
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.System.ActorOf(Props.Create(() => new FollowerListener(again)));

        node.System.ActorSelection("/user/raft-default/node").Tell(Kill.Instance);
        await again.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(Journals.HighestWithoutLog(Journal) >= before.Value);
    }

    /// <summary>Starts one node and waits until it leads and its first entry is in the journal.</summary>
    private static async Task<LocalCluster> StartAsync(string data)
    {
        var cluster = await LocalCluster.StartAsync([BenchNode.Options(data, 1)]);
        await cluster.WaitForLeaderAsync(CancellationToken.None);
        return cluster;
    }

    private sealed class FollowerListener : ReceiveActor
    {
        public FollowerListener(TaskCompletionSource again)
        {
            Context.System.EventStream.Subscribe(Self, typeof(RoleChanged));
            Receive<RoleChanged>(changed => changed.Role == RaftRole.Follower, _ => again.TrySetResult());
        }
    }
}
