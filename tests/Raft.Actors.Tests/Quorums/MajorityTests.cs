using CsCheck;
using Raft.Actors.Quorums;
using Xunit;

namespace Raft.Actors.Tests.Quorums;

public sealed class MajorityTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    [InlineData(9, 5)]
    public void A_majority_is_more_than_half(int voters, int majority) => Assert.Equal(majority, Majority.Of(voters));

    [Theory]
    [InlineData(new long[] { 7 }, 7)]
    [InlineData(new long[] { 7, 0 }, 0)]
    [InlineData(new long[] { 9, 5, 0 }, 5)]
    [InlineData(new long[] { 9, 9, 9, 0 }, 9)]
    [InlineData(new long[] { 9, 9, 0, 0 }, 0)]
    [InlineData(new long[] { 1, 2, 3, 4, 5 }, 3)]
    [InlineData(new long[] { 5, 5, 0, 0, 0 }, 0)]
    public void The_reached_value_is_one_that_a_majority_has(long[] reached, long expected) =>
        Assert.Equal(expected, Majority.Reached(reached));

    /// <summary>Hazard 11: the median of {8, 8} alone would be 8, though three of five never answered.</summary>
    [Fact]
    public void Voters_that_never_answered_count_with_what_they_are_known_to_have__5_3() =>
        Assert.Equal(0, Majority.Reached([8, 8, 0, 0, 0]));

    [Fact]
    public void No_voters_have_no_majority() => Assert.Throws<ArgumentException>(() => Majority.Reached([]));

    [Fact]
    public void The_reached_value_is_the_highest_that_counting_voters_confirms() =>
        Gen.Long[0, 8].Array[1, 20].Sample(reached =>
        {
            var counted = reached.Where(v => 2 * reached.Count(other => other >= v) > reached.Length).Max();
            Assert.Equal(counted, Majority.Reached(reached));
        }, iter: 500);

    [Fact]
    public void The_values_given_stay_in_their_order() =>
        Gen.Long[0, 8].Array[1, 20].Sample(reached =>
        {
            var before = reached.ToArray();
            Majority.Reached(reached);
            Assert.Equal(before, reached);
        });

    /// <summary>Any two majorities share a voter, on which all of Raft's safety depends (§5.4.3).</summary>
    [Fact]
    public void Any_two_majorities_overlap() =>
        Assert.All(Enumerable.Range(1, 100), voters => Assert.True(2 * Majority.Of(voters) > voters));
}
