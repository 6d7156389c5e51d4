using CsCheck;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;
using Xunit;

namespace Raft.Actors.Tests.Quorums;

public sealed class VoteTallyTests
{
    /// <summary>Each row: the answers of n1, n2, … so far; + a vote, - a denial, . none.</summary>
    [Theory]
    [InlineData("+")]
    [InlineData("++.")]
    [InlineData("+.+")]
    [InlineData("++-")]
    [InlineData("+++.")]
    [InlineData("+++-")]
    [InlineData("+++..")]
    [InlineData("+++--")]
    [InlineData("+-+-+")]
    public void An_election_is_won_with_votes_of_a_majority_of_all_voters__5_2(string answers) =>
        Assert.Equal(Election.Won, Tally(answers).Outcome);

    [Theory]
    [InlineData("-")]
    [InlineData("+--")]
    [InlineData(".--")]
    [InlineData("--..")]
    [InlineData("++--")]
    [InlineData("---..")]
    [InlineData("++---")]
    public void An_election_is_lost_when_no_majority_can_vote_for_the_candidate_any_more__5_2(string answers) =>
        Assert.Equal(Election.Lost, Tally(answers).Outcome);

    [Theory]
    [InlineData(".")]
    [InlineData("...")]
    [InlineData("+..")]
    [InlineData("+-.")]
    [InlineData("-..")]
    [InlineData("++..")]
    [InlineData("++-.")]
    [InlineData("++...")]
    [InlineData("++--.")]
    [InlineData("--...")]
    public void An_election_is_undecided_while_the_missing_answers_can_turn_it__5_2(string answers) =>
        Assert.Equal(Election.Undecided, Tally(answers).Outcome);

    /// <summary>Hazard 3.</summary>
    [Fact]
    public void A_vote_delivered_twice_counts_once()
    {
        var tally = Tally("+....");

        tally.Grant(Voter(2));
        tally.Grant(Voter(2));
        tally.Grant(Voter(2));

        Assert.Equal(2, tally.Granted);
        Assert.Equal(Election.Undecided, tally.Outcome);
    }

    [Fact]
    public void A_denial_delivered_twice_counts_once()
    {
        var tally = Tally("+..");

        tally.Deny(Voter(2));
        tally.Deny(Voter(2));

        Assert.Equal(Election.Undecided, tally.Outcome);
    }

    [Fact]
    public void A_strangers_answers_never_count()
    {
        var tally = Tally("+..");

        tally.Grant(new NodeId("stranger"));
        tally.Deny(new NodeId("stranger"));
        tally.Deny(new NodeId("another"));

        Assert.Equal(1, tally.Granted);
        Assert.Equal(Election.Undecided, tally.Outcome);
    }

    [Fact]
    public void A_voters_first_answer_stands()
    {
        var denied = Tally(".-.");
        denied.Grant(Voter(2));
        Assert.Equal(0, denied.Granted);

        var granted = Tally("++.");
        granted.Deny(Voter(2));
        granted.Deny(Voter(1));
        Assert.Equal(Election.Won, granted.Outcome);
    }

    [Fact]
    public void A_tally_equals_counting_the_first_answer_of_each_voter() =>
        Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[1, 8], Gen.Bool).Array[0, 15]).Sample((voters, answers) =>
        {
            var tally = new VoteTally([.. Enumerable.Range(1, voters).Select(Voter)]);
            foreach (var (voter, isVote) in answers)
            {
                if (isVote) tally.Grant(Voter(voter));
                else tally.Deny(Voter(voter));
            }

            var first = answers.Where(a => a.Item1 <= voters).DistinctBy(a => a.Item1).ToArray();
            var (votes, denials) = (first.Count(a => a.Item2), first.Count(a => !a.Item2));
            var expected = 2 * votes > voters ? Election.Won
                : 2 * (voters - denials) <= voters ? Election.Lost
                : Election.Undecided;
            Assert.Equal(votes, tally.Granted);
            Assert.Equal(voters, tally.Voters);
            Assert.Equal(expected, tally.Outcome);
        }, iter: 500);

    /// <summary>Election Safety (Raft, Figure 3): if each voter votes at most once (§5.2), at most one candidate wins.</summary>
    [Fact]
    public void Two_candidates_never_both_win_when_each_voter_votes_once() =>
        Gen.Int[0, 2].Array[1, 9].Sample(choices =>
        {
            var voters = choices.Select((_, i) => Voter(i + 1)).ToArray();
            var (red, blue) = (new VoteTally(voters), new VoteTally(voters));
            foreach (var (voter, choice) in voters.Zip(choices))
            {
                if (choice == 1) red.Grant(voter);
                if (choice == 2) blue.Grant(voter);
            }

            Assert.False(red.Outcome == Election.Won && blue.Outcome == Election.Won);
        });

    private static VoteTally Tally(string answers)
    {
        var tally = new VoteTally([.. answers.Select((_, i) => Voter(i + 1))]);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i] == '+') tally.Grant(Voter(i + 1));
            if (answers[i] == '-') tally.Deny(Voter(i + 1));
        }

        return tally;
    }

    private static NodeId Voter(int number) => new($"n{number}");
}
