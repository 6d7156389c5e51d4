using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Host.Storage;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Storage;

/// <summary>
/// What a node finds out about its own disk. <c>Killed</c> is a copy of a running node's folder, as SIGKILL leaves it.
/// </summary>
public sealed class JournalLossTests : IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_new_folder_has_lost_nothing() => Assert.Null(LossIn("n1"));

    [Fact]
    public void A_node_that_ended_in_order_has_lost_nothing_though_its_write_ahead_log_is_gone()
    {
        Run("n1", appends: 3);

        Assert.False(File.Exists(Journal("n1") + "-wal"));
        Assert.Null(LossIn("n1"));
    }

    [Fact]
    public void A_killed_node_has_lost_nothing()
    {
        Killed("n1", appends: 3);

        Assert.Null(LossIn("killed"));
    }

    [Fact]
    public void A_folder_of_an_older_version_has_lost_nothing()
    {
        Run("n1", appends: 3);
        File.Delete(_root.File("n1/journal-state"));
        File.Delete(_root.File("n1/journal-reached"));

        Assert.Null(LossIn("n1"));
    }

    [Fact]
    public void A_journal_that_is_gone_is_a_loss_and_a_new_one_is_made()
    {
        Run("n1", appends: 3);
        File.Delete(Journal("n1"));

        Assert.Equal($"{Journal("n1")} is missing", LossIn("n1"));
        Assert.True(File.Exists(Journal("n1")));
    }

    [Fact]
    public void A_journal_of_0_bytes_is_a_loss()
    {
        Run("n1", appends: 3);
        File.WriteAllText(Journal("n1"), "");

        Assert.Equal($"{Journal("n1")} is empty", LossIn("n1"));
    }

    [Fact]
    public void A_write_ahead_log_that_is_gone_after_a_kill_is_a_loss()
    {
        Killed("n1", appends: 3);
        File.Delete(Journal("killed") + "-wal");

        Assert.Equal($"{Journal("killed")}-wal is missing, and the node was not shut down cleanly", LossIn("killed"));
    }

    [Fact]
    public void A_write_ahead_log_that_was_cut_short_is_a_loss()
    {
        Killed("n1", appends: 3);
        File.WriteAllText(Journal("killed") + "-wal", "");

        Assert.Equal("the journal ends with event 0, but it once had event 3", LossIn("killed"));
    }

    [Fact]
    public void An_older_journal_is_a_loss()
    {
        Run("n1", appends: 3);
        File.Copy(Journal("n1"), _root.File("backup"));
        Run("n1", appends: 2);
        File.Copy(_root.File("backup"), Journal("n1"), overwrite: true);

        Assert.Equal("the journal ends with event 3, but it once had event 5", LossIn("n1"));
    }

    [Fact]
    public void A_state_that_can_not_be_read_does_not_say_that_the_node_ended_in_order()
    {
        Run("n1", appends: 3);
        File.WriteAllText(_root.File("n1/journal-state"), "\0\0\0");

        Assert.NotNull(LossIn("n1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loss_is_told_at_every_start_until_the_node_has_written(bool isKilled)
    {
        Run("n1", appends: 3);
        File.Delete(Journal("n1"));
        File.Delete(_root.File("n1/journal-reached"));

        for (var start = 0; start < 3; start++)
        {
            using var keeper = Begin("n1");
            keeper.Look();
            Assert.Equal($"{Journal("n1")} is missing", keeper.Loss);
            if (isKilled) KillIn("n1");
        }
    }

    [Fact]
    public void A_loss_that_the_journal_knows_of_is_told_no_more()
    {
        Run("n1", appends: 3);
        File.Delete(Journal("n1"));

        Run("n1", appends: 1);

        Assert.Null(LossIn("n1"));
    }

    [Fact]
    public void A_node_killed_between_its_first_write_after_a_loss_and_the_mark_is_told_of_the_loss_again()
    {
        Run("n1", appends: 3);
        File.Delete(Journal("n1"));
        using (Begin("n1"))
        {
            Journals.Append(Journal("n1"));
            Journals.CopyAsKilled(_root.File("n1"), _root.File("killed"));
        }

        Assert.Equal($"{Journal("n1")} is missing", LossIn("killed"));
    }

    [Fact]
    public void The_marks_follow_the_new_journal_after_a_loss()
    {
        Run("n1", appends: 3);
        File.Delete(Journal("n1"));
        Run("n1", appends: 2);
        File.Copy(Journal("n1"), _root.File("backup"));
        Run("n1", appends: 2);
        File.Copy(_root.File("backup"), Journal("n1"), overwrite: true);

        Assert.Equal("the journal ends with event 2, but it once had event 4", LossIn("n1"));
    }

    private string Journal(string node) => _root.File($"{node}/journal.db");

    /// <summary>Runs the node and shuts it down cleanly.</summary>
    private void Run(string node, int appends)
    {
        using var folder = DataFolder.Open(_root.File(node), new NodeId("n1"));
        Journals.Append(Journal(node), appends);
    }

    /// <summary>Runs the node up to a SIGKILL, in the folder <c>killed</c>. Its marks were written just before.</summary>
    private void Killed(string node, int appends)
    {
        Directory.CreateDirectory(_root.File(node));
        File.WriteAllText(_root.File($"{node}/node-id"), "n1\n");
        using var keeper = JournalKeeper.Begin(
            new JournalFile(Journal(node)), JournalMarks.Read(_root.File(node)), wasThere: false);
        Journals.Append(Journal(node), appends);
        keeper.Look();
        Journals.CopyAsKilled(_root.File(node), _root.File("killed"));
    }

    /// <summary>Restores the files as a SIGKILL at this moment leaves them, after the running node has ended.</summary>
    private void KillIn(string node)
    {
        Journals.CopyAsKilled(_root.File(node), _root.File("at-kill"));
        Directory.Delete(_root.File(node), recursive: true);
        Directory.Move(_root.File("at-kill"), _root.File(node));
    }

    private JournalKeeper Begin(string node) =>
        JournalKeeper.Begin(new JournalFile(Journal(node)), JournalMarks.Read(_root.File(node)), wasThere: true);

    private string? LossIn(string node)
    {
        using var folder = DataFolder.Open(_root.File(node), new NodeId("n1"));
        return folder.JournalLoss;
    }
}
