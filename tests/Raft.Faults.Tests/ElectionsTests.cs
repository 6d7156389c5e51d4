using Raft.Faults.Checks;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class ElectionsTests
{
    [Fact]
    public void Every_new_term_is_needless_where_the_fault_justifies_no_election() =>
        Assert.Equal(2, Elections.Needless(before: 3, after: 5, ledTerms: [3, 5], justified: 0));

    [Fact]
    public void The_election_that_a_fault_justifies_is_not_needless() =>
        Assert.Equal(0, Elections.Needless(before: 3, after: 4, ledTerms: [3, 4], justified: 1));

    [Fact]
    public void A_split_vote_belongs_to_the_election_that_follows() =>
        Assert.Equal(0, Elections.Needless(before: 3, after: 6, ledTerms: [3, 6], justified: 1));

    [Fact]
    public void A_second_leader_is_needless_where_one_election_is_justified() =>
        Assert.Equal(1, Elections.Needless(before: 3, after: 5, ledTerms: [3, 4, 5], justified: 1));

    [Fact]
    public void A_leader_that_was_never_observed_counts_by_its_term() =>
        Assert.Equal(1, Elections.Needless(before: 3, after: 5, ledTerms: [3, 4], justified: 1));

    [Fact]
    public void A_fault_that_caused_no_election_has_no_needless_one() =>
        Assert.Equal(0, Elections.Needless(before: 3, after: 3, ledTerms: [3], justified: 1));
}
