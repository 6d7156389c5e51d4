using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>The exact text of a rejection, which is the same in every process.</summary>
public sealed class EvidenceTests
{
    private static readonly Caller C1 = new("c1");
    private static readonly Caller C2 = new("c2");
    private static readonly Caller C3 = new("c3");

    [Fact]
    public void A_stale_read_is_reported_with_the_write_that_it_missed() =>
        AssertReported(
            "c1 put k1 = 8: done, revision 6 (called at 3, answered at 4)",
            "c2 read k1: 7 at revision 5 (called at 5, answered at 6), while the state could only be: 8 at revision 6",
            [1, 2],
            C1.Put("7", 1, 2, 5), C1.Put("8", 3, 4, 6), C2.Get("7", 5, 6, 5));

    [Fact]
    public void Two_reads_that_go_back_are_reported_together() =>
        AssertReported(
            "c2 read k1: 8 at revision 6 (called at 4, answered at 5)",
            "c3 read k1: 7 at revision 5 (called at 6, answered at 7), while the state could only be: 8 at revision 6",
            [2, 3],
            C1.Put("7", 1, 2, 5), C1.Put("8", 3, 8, 6), C2.Get("8", 4, 5, 6), C3.Get("7", 6, 7, 5));

    [Fact]
    public void A_value_that_was_never_written_is_reported_with_the_possible_ones() =>
        AssertReported(
            "after all earlier operations, in any order, the state can only be: 7 at revision 5; "
                + "8 at an unknown revision above 5; absent after revision 5",
            "c2 read k1: 9 at revision 6 (called at 5, answered at 6)",
            [3],
            C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C3.DeleteUnknown(4), C2.Get("9", 5, 6, 6));

    [Fact]
    public void Two_writes_on_one_condition_are_reported_together() =>
        AssertReported(
            "c1 put k1 = 8 if at revision 5: done, revision 6 (called at 3, answered at 5)",
            "c2 deleted k1 if at revision 5: done, revision 5 (called at 4, answered at 6), "
                + "while the state could only be: 8 at revision 6",
            [1, 2],
            C1.Put("7", 1, 2, 5),
            C1.Put("8", 3, 5, 6, WriteCondition.Revision(5)),
            C2.Delete(4, 6, 5, WriteCondition.Revision(5)));

    [Fact]
    public void An_output_that_contradicts_the_state_is_reported_alone() =>
        AssertReported(
            "after all earlier operations, in any order, the state can only be: 7 at revision 5",
            "c2 put k1 = 8 if at revision 5: condition failed, revision 5 (called at 3, answered at 4)",
            [1],
            C1.Put("7", 1, 2, 5), C2.PutFails("8", 3, 4, 5, WriteCondition.Revision(5)));

    [Fact]
    public void Unrelated_operations_are_not_reported() =>
        AssertReported(
            "c3 read k1: 8 at revision 6 (called at 7, answered at 8)",
            "c2 read k1: absent (called at 9, answered at 10), while the state could only be: 8 at revision 6",
            [3, 4],
            C1.Put("7", 1, 2, 5), C2.Delete(3, 4, 5), C1.Put("8", 5, 6, 6), C3.Get("8", 7, 8, 6), C2.GetAbsent(9, 10));

    private static void AssertReported(string fact, string contradiction, int[] evidence, params KeyValueOperation[] history)
    {
        var verdict = Assert.IsType<NotLinearizable>(new KeyValueChecker().Check(history));

        Assert.Equal(fact, verdict.Fact);
        Assert.Equal(contradiction, verdict.Contradiction);
        Assert.Equal(evidence, verdict.Evidence);
        Assert.Equal("k1", verdict.Key);
    }
}
