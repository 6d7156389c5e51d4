using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// A node that forgot a vote or an entry can make the cluster lose data. So it must not start on a journal that is damaged
/// or another's; it says which event it is, and touches nothing.
/// </summary>
public sealed class DamagedJournalTests : RaftScenario
{
    private static readonly Dictionary<string, (Action<Disk> Damage, long SequenceNr, string Problem)> Damages = new()
    {
        ["a flipped bit"] = (disk => disk.FlipBit(3), 3, "checksum"),
        ["a flipped bit in the first event"] = (disk => disk.FlipBit(1), 1, "checksum"),
        ["an event cut short"] = (disk => disk.Cut(4, 12), 4, "checksum"),
        ["an event of almost nothing"] = (disk => disk.Cut(4, 3), 4, "too few for a checksum"),
        ["an event missing at the start"] = (disk => disk.Lose(1), 1, "missing"),
        ["an event missing in the middle"] = (disk => disk.Lose(3), 3, "missing"),
        ["an event missing at the end"] = (disk => disk.Lose(5), 5, "missing"),
        ["a foreign event"] = (disk => disk.Overwrite(4, "hello"), 4, "String"),
        ["an event of an unknown type"] = (disk => disk.Relabel(4, "E99"), 4, "checksum"),
        ["a message that is no event"] = (disk => disk.Relabel(4, "XX"), 4, "XX"),
        ["entries with a gap"] = (disk => disk.Overwrite(4, Appended(Entry(4, 2))), 4, "does not follow"),
        ["entries that are there already"] = (disk => disk.Overwrite(4, Appended(Entry(2, 2))), 4, "does not follow"),
        ["an entry of an older term"] = (disk => disk.Overwrite(4, Appended(Entry(3, 1))), 4, "does not follow"),
        ["a term that goes back"] = (disk => disk.Overwrite(5, new TermStarted(new Term(1), null)), 5, "can't follow"),
        ["a vote that changed in its term"] =
            (disk => disk.Overwrite(4, new TermStarted(new Term(3), N1)), 5, "can't follow"),
        ["an entry of a term that had not begun"] =
            (disk => disk.Overwrite(4, Appended(Entry(3, 9))), 4, "can't follow"),
        ["an event that is labelled as another"] = (disk => disk.Relabel(5, "E4"), 5, "checksum"),
        ["a cut of what is not there"] = (disk => disk.Overwrite(4, new LogTruncated(new LogIndex(9))), 4, "9"),
        ["a second beginning"] = (disk => disk.Overwrite(4, Formed(3)), 4, "can't follow"),
        ["no beginning"] = (disk => disk.Overwrite(1, new TermStarted(new Term(1), null)), 1, "can't follow"),
    };

    private static readonly Dictionary<string, (ClusterFormed Owner, string Problem)> Owners = new()
    {
        ["another node"] = (Formed(3) with { Node = new("n2") }, "belongs to node n2, and this is node n1"),
        ["another group"] = (Formed(3) with { Group = new("other") }, "belongs to Raft group other"),
        ["another cluster"] = (Formed(3) with { Cluster = new("other") }, "belongs to cluster other"),
        ["more members"] = (Formed(5), "belongs to a cluster of n1, n2, n3, n4, n5"),
        ["fewer members"] = (Formed(2), "belongs to a cluster of n1, n2"),
    };

    public static TheoryData<string> AllDamages => [.. Damages.Keys];

    public static TheoryData<string> OtherOwners => [.. Owners.Keys];

    [Theory]
    [MemberData(nameof(AllDamages))]
    public void A_node_with_a_damaged_journal_halts_and_names_the_event(string name)
    {
        var (damage, sequenceNr, problem) = Damages[name];
        StoreFiveEvents();
        damage(Disk);
        Start();
        var reason = HaltReason();
        Assert.Contains($"damaged at sequence number {sequenceNr}:", reason);
        Assert.Contains(problem, reason);
        StaysDown(reason);
    }

    [Theory]
    [MemberData(nameof(OtherOwners))]
    public void A_node_with_anothers_journal_halts_and_says_whose_it_is(string name)
    {
        var (owner, problem) = Owners[name];
        Disk.Store(owner, new TermStarted(new Term(1), null));
        Start();
        var reason = HaltReason();
        Assert.Contains(problem, reason);
        StaysDown(reason);
    }

    /// <summary>Each of the damages above is one, and the journal without them is none.</summary>
    [Fact]
    public void The_same_journal_without_damage_is_read()
    {
        StoreFiveEvents();
        Start();
        Assert.Equal((new Term(3), N2.Id), (Status().Term, Status().VotedFor!.Value));
        Assert.Equal([1, 2, 2], LogTerms());
        Assert.Equal(new LogIndex(3), Status().DurableIndex);
    }

    /// <summary>Names identify members; their order in the configuration does not matter.</summary>
    [Fact]
    public void The_order_of_the_members_does_not_matter()
    {
        Disk.Store(Formed(3) with { Voters = [new("n3"), N1, new("n2")] });
        Start();
        Assert.Equal(RaftRole.Follower, Status().Role);
    }

    private void StoreFiveEvents() => Disk.Store(
        Formed(3),
        new TermStarted(new Term(2), null),
        Appended(Entry(1, 1), Entry(2, 2)),
        Appended(Entry(3, 2)),
        new TermStarted(new Term(3), N2.Id));

    private void StaysDown(string reason)
    {
        AdvanceUnwatched(TimeSpan.FromHours(1));
        Assert.Equal((reason, true), (Down().Reason, Down().IsHalted));
        Assert.Equal(new NotLeader(Client.Proposes("a")), Client.Expects<NotLeader>());
        N2.ExpectsNothing();
        Assert.Equal((0, 1), (Disk.Writes, Disk.Recoveries));
    }

    private static EntriesAppended Appended(params LogEntry[] entries) => new(entries);
}
