using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>Handwritten histories with known outcomes.</summary>
public sealed class KeyValueCheckerTests
{
    private static readonly Caller C1 = new("c1");
    private static readonly Caller C2 = new("c2");
    private static readonly Caller C3 = new("c3");

    [Fact]
    public void An_empty_history_is_linearizable() => Accepted();

    [Fact]
    public void A_read_of_an_acknowledged_write_is_accepted() => Accepted(C1.Put("7", 1, 2, 5), C2.Get("7", 3, 4, 5));

    [Fact]
    public void A_read_that_misses_an_acknowledged_write_is_rejected() => Rejected(C1.Put("7", 1, 2, 5), C2.GetAbsent(3, 4));

    [Fact]
    public void A_stale_read_is_rejected() =>
        Rejected(C1.Put("7", 1, 2, 5), C1.Put("8", 3, 4, 6), C2.Get("7", 5, 6, 5));

    [Fact]
    public void A_read_during_a_write_may_see_the_value_before_or_after()
    {
        Accepted(C1.Put("7", 1, 2, 5), C1.Put("8", 3, 6, 6), C2.Get("7", 4, 5, 5));
        Accepted(C1.Put("7", 1, 2, 5), C1.Put("8", 3, 6, 6), C2.Get("8", 4, 5, 6));
    }

    [Fact]
    public void Two_reads_that_go_backwards_during_a_write_are_rejected() =>
        Rejected(C1.Put("7", 1, 2, 5), C1.Put("8", 3, 8, 6), C2.Get("8", 4, 5, 6), C3.Get("7", 6, 7, 5));

    [Fact]
    public void Two_concurrent_reads_during_a_write_may_see_different_values() =>
        Accepted(C1.Put("7", 1, 2, 5), C1.Put("8", 3, 8, 6), C2.Get("8", 4, 6, 6), C3.Get("7", 5, 7, 5));

    [Fact]
    public void A_read_of_a_value_that_was_never_written_is_rejected() => Rejected(C1.Put("7", 1, 2, 5), C2.Get("9", 3, 4, 5));

    [Fact]
    public void A_read_of_a_value_that_is_written_later_is_rejected() =>
        Rejected(C2.Get("7", 1, 2, 5), C1.Put("7", 3, 4, 5));

    [Fact]
    public void A_read_of_a_key_that_was_never_written_finds_nothing() => Accepted(C1.GetAbsent(1, 2), C2.GetAbsent(3, 4));

    [Fact]
    public void An_absent_key_has_no_revision() => Rejected(C1.Get(null, 1, 2, 3));

    [Fact]
    public void A_lost_write_is_rejected_where_a_later_condition_finds_the_value_before() =>
        Rejected(C1.Put("7", 1, 2, 5), C2.Put("8", 3, 4, 6), C1.Put("9", 5, 6, 7, WriteCondition.Revision(5)));

    [Fact]
    public void Two_writes_on_the_condition_of_the_same_revision_cannot_both_succeed() =>
        Rejected(
            C1.Put("7", 1, 2, 5),
            C1.Put("8", 3, 5, 6, WriteCondition.Revision(5)),
            C2.Put("9", 4, 6, 7, WriteCondition.Revision(5)));

    [Fact]
    public void Of_two_writes_on_the_condition_of_the_same_revision_one_fails_and_sees_the_other() =>
        Accepted(
            C1.Put("7", 1, 2, 5),
            C1.Put("8", 3, 5, 6, WriteCondition.Revision(5)),
            C2.PutFails("9", 4, 6, 6, WriteCondition.Revision(5)));

    [Fact]
    public void A_write_cannot_fail_on_a_condition_that_holds() =>
        Rejected(C1.Put("7", 1, 2, 5), C2.PutFails("9", 3, 4, 5, WriteCondition.Revision(5)));

    [Fact]
    public void A_write_without_condition_cannot_fail() =>
        Rejected(C1.Put("7", 1, 2, 5), C2.PutFails("9", 3, 4, 5, WriteCondition.None));

    [Fact]
    public void A_failed_write_changes_nothing() =>
        Rejected(
            C1.Put("7", 1, 2, 5),
            C2.PutFails("9", 3, 4, 5, WriteCondition.Revision(4)),
            C2.Get("9", 5, 6, 6));

    [Fact]
    public void A_failed_write_tells_the_revision() =>
        Rejected(
            C1.Put("7", 1, 2, 5),
            C1.Put("8", 3, 4, 6),
            C2.PutFails("9", 5, 6, 5, WriteCondition.Revision(4)));

    [Fact]
    public void Two_writes_if_absent_cannot_both_succeed() =>
        Rejected(C1.Put("7", 1, 3, 5, WriteCondition.Absent), C2.Put("8", 2, 4, 6, WriteCondition.Absent));

    [Fact]
    public void Two_writes_if_absent_can_both_succeed_with_a_delete_between() =>
        Accepted(
            C1.Put("7", 1, 3, 5, WriteCondition.Absent),
            C2.Put("8", 2, 4, 9, WriteCondition.Absent),
            C3.Delete(1, 5, 5));

    [Fact]
    public void A_write_if_absent_that_fails_says_that_the_key_exists() =>
        Rejected(C1.PutFails("7", 1, 2, 5, WriteCondition.Absent), C2.GetAbsent(3, 4));

    [Fact]
    public void A_deleted_value_is_gone()
    {
        Accepted(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5), C2.GetAbsent(5, 6));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5), C2.Get("7", 5, 6, 5));
    }

    [Fact]
    public void A_delete_must_find_the_value_that_is_there()
    {
        Rejected(C1.Put("7", 1, 2, 5), C1.DeleteFindsNothing(3, 4));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 4));
        Rejected(C1.Delete(3, 4, 4));
        Accepted(C1.DeleteFindsNothing(1, 2), C1.Put("7", 3, 4, 5), C1.Delete(5, 6, 5), C2.DeleteFindsNothing(7, 8));
    }

    [Fact]
    public void Two_deletes_of_one_value_cannot_both_succeed() =>
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 5, 5), C2.Delete(4, 6, 5));

    [Fact]
    public void A_delete_keeps_to_its_condition()
    {
        Accepted(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5, WriteCondition.Revision(5)), C1.GetAbsent(5, 6));
        Accepted(C1.Put("7", 1, 2, 5), C1.DeleteFails(3, 4, 5, WriteCondition.Revision(4)), C1.Get("7", 5, 6, 5));
        Accepted(C1.DeleteFails(3, 4, 0, WriteCondition.Revision(4)));
        Accepted(C1.DeleteFindsNothing(3, 4, WriteCondition.Absent));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5, WriteCondition.Revision(4)));
        Rejected(C1.Put("7", 1, 2, 5), C1.DeleteFails(3, 4, 5, WriteCondition.Revision(5)));
        Rejected(C1.DeleteFindsNothing(3, 4, WriteCondition.Revision(4)));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5, WriteCondition.Absent));
    }

    [Fact]
    public void Revisions_of_writes_rise()
    {
        Rejected(C1.Put("7", 1, 2, 5), C2.Put("8", 3, 4, 4));
        Rejected(C1.Put("7", 1, 2, 5), C2.Put("8", 3, 4, 5));
        Rejected(C1.Put("7", 1, 3, 5), C2.Put("8", 2, 4, 5));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5), C2.Put("8", 5, 6, 5));
        Rejected(C1.Put("7", 1, 2, 0));
    }

    [Fact]
    public void Concurrent_writes_took_effect_in_the_order_of_their_revisions()
    {
        Accepted(C1.Put("7", 1, 3, 6), C2.Put("8", 2, 4, 5), C1.Get("7", 5, 6, 6));
        Rejected(C1.Put("7", 1, 3, 6), C2.Put("8", 2, 4, 5), C1.Get("8", 5, 6, 5));
    }

    [Fact]
    public void A_read_must_tell_the_revision_of_the_write_of_its_value() =>
        Rejected(C1.Put("7", 1, 2, 5), C2.Get("7", 3, 4, 6));

    [Fact]
    public void A_key_that_was_deleted_and_made_again_has_another_revision() =>
        Rejected(
            C1.Put("7", 1, 2, 5),
            C1.Delete(3, 4, 5),
            C1.Put("7", 5, 6, 7),
            C2.Put("8", 7, 8, 9, WriteCondition.Revision(5)));

    [Fact]
    public void Operations_at_the_same_step_are_concurrent() => Accepted(C1.Put("7", 1, 2, 5), C2.GetAbsent(2, 3));

    [Fact]
    public void The_order_in_which_the_history_lists_the_operations_does_not_matter() =>
        Accepted(C2.Get("7", 3, 4, 5), C1.GetAbsent(5, 6), C1.Delete(2, 6, 5), C1.Put("7", 1, 2, 5));

    [Fact]
    public void Each_key_is_by_itself()
    {
        var other = new Caller("c2", "k2");
        Accepted(C1.Put("7", 1, 2, 5), other.GetAbsent(3, 4), other.Put("7", 5, 6, 3), C1.Get("7", 7, 8, 5));

        var verdict = Rejected(C1.Put("7", 1, 2, 5), other.Put("8", 3, 4, 6), C1.Get("7", 5, 6, 5), other.GetAbsent(7, 8));
        Assert.Equal("k2", verdict.Key);
        Assert.Equal([1, 3], verdict.Evidence);
    }

    [Fact]
    public void An_answer_of_the_wrong_kind_is_refused()
    {
        var read = C1.GetAbsent(1, 2) with { Output = new WriteOutput(WriteOutcome.Done, 1) };
        Assert.Throws<ArgumentException>(() => new KeyValueChecker().Check([read]));
    }

    [Fact]
    public void An_answer_before_the_call_is_refused() =>
        Assert.Throws<ArgumentException>(() => new KeyValueChecker().Check([C1.GetAbsent(2, 1)]));

    private static void Accepted(params KeyValueOperation[] history) =>
        Assert.IsType<Linearizable>(new KeyValueChecker().Check(history));

    private static NotLinearizable Rejected(params KeyValueOperation[] history) =>
        Assert.IsType<NotLinearizable>(new KeyValueChecker().Check(history));
}
