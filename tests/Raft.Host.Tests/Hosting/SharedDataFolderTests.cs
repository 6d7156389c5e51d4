using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Raft.Lighthouse.Hosting;
using Xunit;

namespace Raft.Host.Tests.Hosting;

/// <summary>Replicas of one service share a volume: each is the node whose folder it gets.</summary>
public sealed class SharedDataFolderTests : IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Each_replica_takes_a_folder_of_its_own()
    {
        using var first = Claim();
        using var second = Claim();
        using var third = Claim();

        Assert.Equal(["n1", "n2", "n3"], new[] { first, second, third }.Select(f => f.Node.Value));
    }

    [Fact]
    public void A_replica_that_starts_again_takes_the_first_folder_that_is_free()
    {
        using var first = Claim();
        Claim().Dispose();
        using var third = Claim();
        using var again = Claim();

        Assert.Equal(("n2", "n3"), (third.Node.Value, again.Node.Value));
    }

    [Fact]
    public void Folders_are_counted_not_spelled()
    {
        Open("n10");
        Open("n9");

        using var claimed = Claim();

        Assert.Equal("n9", claimed.Node.Value);
    }

    [Fact]
    public void A_folder_that_is_gone_is_never_made_again()
    {
        Open("n1");
        Open("n3");
        using var first = Claim();
        using var third = Claim();
        using var next = Claim();

        Assert.Equal(("n1", "n3", "n4"), (first.Node.Value, third.Node.Value, next.Node.Value));
    }

    [Fact]
    public void Other_folders_are_left_alone()
    {
        foreach (var other in (string[])["n0", "n01", "nodes", "lost+found"]) Directory.CreateDirectory(_root.File(other));

        using var claimed = Claim();

        Assert.Equal("n1", claimed.Node.Value);
    }

    [Fact]
    public async Task Replicas_that_start_at_once_never_share_a_folder()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var claims = Enumerable.Range(0, 12).Select(async _ =>
        {
            await start.Task;
            return await Task.Run(Claim);
        }).ToArray();
        start.SetResult();
        var folders = await Task.WhenAll(claims);

        Assert.Equal(12, folders.Select(f => f.Node).Distinct().Count());
        foreach (var folder in folders) folder.Dispose();
    }

    [Fact]
    public void A_volume_that_can_not_be_written_is_named()
    {
        File.WriteAllText(_root.File("file"), "no folder");

        var refused = Assert.Throws<StartupException>(() => SharedDataFolder.Claim(_root.File("file")));

        Assert.Contains("can't be used", refused.Message, StringComparison.Ordinal);
    }

    private void Open(string name) => DataFolder.Open(_root.File(name), new NodeId(name)).Dispose();

    private DataFolder Claim() => SharedDataFolder.Claim(_root.Path);
}
