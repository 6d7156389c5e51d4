using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Membership;

/// <summary>Which journals count (docs/decisions/020; hazards 23 and 24).</summary>
public sealed class ClusterMembersTests
{
    private static readonly ClusterId Cluster = new("c");
    private static readonly NodeId N1 = new("n1");
    private static readonly NodeId N2 = new("n2");

    private readonly ClusterMembers _members = new(N1, [N1, N2]);

    [Fact]
    public void A_sender_that_says_less_than_before_on_the_same_journal_forgot_something()
    {
        Assert.True(_members.RemembersAll(Message(number: 5, position: 10)));
        Assert.True(_members.RemembersAll(Message(number: 5, position: 10)));
        Assert.False(_members.RemembersAll(Message(number: 5, position: 9)));
        Assert.Equal(new JournalStamp(5, 10), _members.HeardOf(N2));
    }

    [Fact]
    public void Another_journal_begins_anew_and_a_sender_without_a_position_says_nothing()
    {
        Assert.True(_members.RemembersAll(Message(number: 5, position: 10)));
        Assert.True(_members.RemembersAll(Message(number: 0, position: 0)));
        Assert.True(_members.RemembersAll(Message(number: 6, position: 1)));
    }

    [Fact]
    public void A_journal_that_is_known_to_have_forgotten_never_remembers_all_again()
    {
        _members.OnForgotten(Message(number: 5, position: 10));

        Assert.False(_members.RemembersAll(Message(number: 5, position: 1_000_000)));
    }

    [Fact]
    public void Readmission_is_noted_once_and_only_when_the_entry_that_names_the_incarnation_is_committed()
    {
        var self = new Incarnation(N1, 7);
        Assert.False(_members.TryNoteReadmission(LogIndex.Limit));
        _members.SeekReadmission(self);
        _members.Incarnations.Append(
            [new LogEntry(new LogIndex(4), new Term(2), EntryKind.Readmission, self.Encode())]);
        Assert.False(_members.TryNoteReadmission(new LogIndex(3)));

        Assert.True(_members.TryNoteReadmission(new LogIndex(4)));
        Assert.False(_members.TryNoteReadmission(new LogIndex(5)));
        Assert.True(_members.AwaitsReadmission);

        _members.OnReadmitted();
        Assert.Equal(new JournalStamp(7, 12), _members.Stamp(durableSequenceNr: 12));
    }

    [Fact]
    public void A_node_that_forgets_again_before_its_readmission_is_on_disk_awaits_another_entry()
    {
        _members.SeekReadmission(new Incarnation(N1, 7));
        _members.Incarnations.Append(
            [new LogEntry(new LogIndex(1), new Term(2), EntryKind.Readmission, new Incarnation(N1, 7).Encode())]);
        Assert.True(_members.TryNoteReadmission(new LogIndex(1)));
        _members.SeekReadmission(new Incarnation(N1, 8));

        Assert.False(_members.TryNoteReadmission(new LogIndex(1)));
        Assert.True(_members.Stamp(3).AwaitsReadmission);
    }

    [Fact]
    public void The_settings_name_the_voters_until_the_cluster_does()
    {
        Assert.False(_members.IsFormed);
        Assert.Equal([N1, N2], _members.Voters);
        _members.Form(Cluster, [N1]);

        Assert.True(_members.IsFormed);
        Assert.Equal((Cluster, N1), (_members.Cluster, Assert.Single(_members.Voters)));
    }

    private static VoteGranted Message(long number, long position) =>
        new(Cluster, N2, new Term(1)) { Journal = new JournalStamp(number, position) };
}
