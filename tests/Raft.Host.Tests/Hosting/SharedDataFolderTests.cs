using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Hosting;

/// <summary>Replicas of one service share a volume: each becomes the node whose folder it claims.</summary>
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
            return await Task.Run(() => Claim());
        }).ToArray();
        start.SetResult();
        var folders = await Task.WhenAll(claims);

        Assert.Equal(12, folders.Select(f => f.Node).Distinct().Count());
        foreach (var folder in folders) folder.Dispose();
    }

    [Theory]
    [InlineData("node-id", "")]
    [InlineData("node-id", "x y")]
    [InlineData("node-id", "n7\n")]
    [InlineData("journal.db", "This is no database.")]
    public void A_folder_that_can_not_be_used_is_passed_over_and_stays_as_it_is(string file, string content)
    {
        Open("n1");
        Open("n2");
        File.WriteAllText(_root.File($"n1/{file}"), content);

        using var claimed = Claim();

        Assert.Equal("n2", claimed.Node.Value);
        Assert.Equal(content, File.ReadAllText(_root.File($"n1/{file}")));
    }

    [Fact]
    public void Where_no_folder_can_be_used_the_next_one_is_made()
    {
        Open("n1");
        File.WriteAllText(_root.File("n1/node-id"), "");

        using var claimed = Claim();

        Assert.Equal("n2", claimed.Node.Value);
    }

    [Fact]
    public void A_folder_whose_journal_is_gone_can_be_used()
    {
        Open("n1");
        File.Delete(_root.File("n1/journal.db"));

        using var claimed = Claim();

        Assert.Equal("n1", claimed.Node.Value);
        Assert.NotNull(claimed.JournalLoss);
    }

    [Fact]
    public void The_folder_of_a_member_goes_before_that_of_an_outsider()
    {
        Open("n1");
        MarkMember("n2");

        using var claimed = Claim();

        Assert.Equal("n2", claimed.Node.Value);
    }

    [Fact]
    public void A_replica_stays_the_member_that_it_was()
    {
        MarkMember("n1");
        MarkMember("n2");

        using var claimed = Claim(before: "n2");

        Assert.Equal("n2", claimed.Node.Value);
    }

    [Fact]
    public void An_outsider_becomes_a_member_whose_folder_is_free()
    {
        MarkMember("n1");
        Open("n2");

        using var claimed = Claim(before: "n2");

        Assert.Equal("n1", claimed.Node.Value);
    }

    [Fact]
    public void A_member_is_free_when_its_process_is_gone()
    {
        var n1 = Claim();
        n1.MarkMember();
        Assert.Null(SharedDataFolder.FreeMember(_root.Path, Assert.Fail));

        n1.Dispose();

        Assert.Equal("n1", SharedDataFolder.FreeMember(_root.Path, Assert.Fail)?.Value);
    }

    [Fact]
    public void A_member_whose_folder_can_not_be_used_is_not_free_and_said_so()
    {
        var warnings = new List<string>();
        MarkMember("n1");
        File.WriteAllText(_root.File("n1/node-id"), "");

        Assert.Null(SharedDataFolder.FreeMember(_root.Path, warnings.Add));

        Assert.Contains("Skipping the folder of n1.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_that_can_not_be_written_is_named()
    {
        File.WriteAllText(_root.File("file"), "no folder");

        var refused = Assert.Throws<StartupException>(() => SharedDataFolder.Claim(_root.File("file"), before: null));

        Assert.Contains("can't be used", refused.Message, StringComparison.Ordinal);
    }

    private void Open(string name) => DataFolder.Open(_root.File(name), new NodeId(name)).Dispose();

    private DataFolder Claim(string? before = null) =>
        SharedDataFolder.Claim(_root.Path, before is null ? null : new NodeId(before));

    private void MarkMember(string name)
    {
        using var folder = DataFolder.Open(_root.File(name), new NodeId(name));
        folder.MarkMember();
    }
}
