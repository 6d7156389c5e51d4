using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>Handwritten histories in which some outcomes are unknown.</summary>
public sealed class UnknownOutcomeTests
{
    private static readonly Caller C1 = new("c1");
    private static readonly Caller C2 = new("c2");
    private static readonly Caller C3 = new("c3");

    [Fact]
    public void An_unknown_write_may_never_be_seen() =>
        Accepted(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Get("7", 4, 5, 5), C1.Get("7", 6, 7, 5));

    [Fact]
    public void An_unknown_write_may_be_seen_much_later() =>
        Accepted(
            C1.Put("7", 1, 2, 5),
            C2.PutUnknown("8", 3),
            C1.Get("7", 4, 5, 5),
            C1.Put("9", 6, 7, 6),
            C1.Get("9", 8, 9, 6),
            C1.Get("8", 10, 11, 7));

    [Fact]
    public void An_unknown_write_cannot_be_seen_before_it_was_called() =>
        Rejected(C1.Get("8", 1, 2, 5), C2.PutUnknown("8", 3));

    [Fact]
    public void An_unknown_write_that_was_seen_cannot_be_unseen()
    {
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Get("8", 4, 5, 6), C1.Get("7", 6, 7, 5));
        Rejected(C2.PutUnknown("8", 3), C1.Get("8", 4, 5, 6), C1.GetAbsent(6, 7));
    }

    [Fact]
    public void An_unknown_write_takes_effect_once() =>
        Rejected(C2.PutUnknown("8", 1), C1.Get("8", 2, 3, 5), C1.Put("7", 4, 5, 6), C1.Get("8", 6, 7, 7));

    [Fact]
    public void An_unknown_write_has_one_revision()
    {
        Rejected(C2.PutUnknown("8", 1), C1.Get("8", 2, 3, 5), C1.Get("8", 4, 5, 6));
        Rejected(C2.PutUnknown("8", 1), C1.Get("8", 2, 4, 5), C3.Get("8", 3, 5, 6));
        Accepted(C2.PutUnknown("8", 1), C1.Get("8", 2, 3, 5), C1.Get("8", 4, 5, 5));
    }

    [Fact]
    public void The_revision_of_an_unknown_write_is_above_those_before_it()
    {
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Get("8", 4, 5, 5));
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Get("8", 4, 5, 4));
        Rejected(C1.Put("7", 1, 2, 5), C1.Delete(3, 4, 5), C2.PutUnknown("8", 5), C1.Get("8", 6, 7, 5));
    }

    [Fact]
    public void The_revision_of_an_unknown_write_is_below_those_after_it()
    {
        Rejected(C2.PutUnknown("8", 1), C1.Get("8", 2, 3, 6), C1.Put("9", 4, 5, 6));
        Accepted(C2.PutUnknown("8", 1), C1.Get("8", 2, 3, 5), C1.Put("9", 4, 5, 6));
    }

    [Fact]
    public void A_condition_can_be_the_first_to_tell_the_revision_of_an_unknown_write()
    {
        Accepted(
            C2.PutUnknown("8", 1),
            C1.PutFails("9", 2, 3, 5, WriteCondition.Absent),
            C1.Put("9", 4, 5, 6, WriteCondition.Revision(5)));
        Accepted(C2.PutUnknown("8", 1), C1.Put("9", 2, 3, 6, WriteCondition.Revision(5)));
        Rejected(C2.PutUnknown("8", 1), C1.Put("9", 2, 3, 5, WriteCondition.Revision(5)));
        Rejected(
            C2.PutUnknown("8", 1),
            C1.PutFails("9", 2, 3, 5, WriteCondition.Absent),
            C1.Put("9", 4, 5, 7, WriteCondition.Revision(6)));
    }

    [Fact]
    public void A_delete_can_be_the_first_to_tell_the_revision_of_an_unknown_write()
    {
        Accepted(C2.PutUnknown("8", 1), C1.Delete(2, 3, 5), C1.GetAbsent(4, 5));
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Delete(4, 5, 6), C1.Get("8", 6, 7, 6));
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3), C1.Delete(4, 5, 6), C1.Put("9", 6, 7, 6));
    }

    [Fact]
    public void An_unknown_delete_may_take_effect_later_or_never()
    {
        Accepted(C1.Put("7", 1, 2, 5), C2.DeleteUnknown(3), C1.Get("7", 4, 5, 5), C1.GetAbsent(6, 7));
        Accepted(C1.Put("7", 1, 2, 5), C2.DeleteUnknown(3), C1.Get("7", 4, 5, 5), C1.Get("7", 6, 7, 5));
        Rejected(C1.Put("7", 1, 2, 5), C2.DeleteUnknown(3), C1.GetAbsent(4, 5), C1.Get("7", 6, 7, 5));
    }

    [Fact]
    public void An_unknown_delete_deletes_once() =>
        Rejected(
            C1.Put("7", 1, 2, 5),
            C2.DeleteUnknown(3),
            C1.GetAbsent(4, 5),
            C1.Put("8", 6, 7, 6),
            C1.GetAbsent(8, 9));

    [Fact]
    public void Two_equal_unknown_deletes_delete_twice() =>
        Accepted(
            C1.Put("7", 1, 2, 5),
            C2.DeleteUnknown(3),
            C3.DeleteUnknown(3),
            C1.GetAbsent(4, 5),
            C1.Put("8", 6, 7, 6),
            C1.GetAbsent(8, 9));

    [Fact]
    public void An_unknown_write_keeps_to_its_condition()
    {
        Accepted(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3, WriteCondition.Revision(5)), C1.Get("8", 4, 5, 6));
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3, WriteCondition.Revision(4)), C1.Get("8", 4, 5, 6));
        Rejected(C1.Put("7", 1, 2, 5), C2.PutUnknown("8", 3, WriteCondition.Absent), C1.Get("8", 4, 5, 6));
        Rejected(C1.Put("7", 1, 2, 5), C2.DeleteUnknown(3, WriteCondition.Revision(4)), C1.GetAbsent(4, 5));
        Rejected(C1.Put("7", 1, 2, 5), C2.DeleteUnknown(3, WriteCondition.Absent), C1.GetAbsent(4, 5));
    }

    [Fact]
    public void An_unknown_write_on_the_condition_of_the_open_revision_of_another_is_accepted() =>
        Accepted(
            C1.PutUnknown("7", 1),
            C2.PutUnknown("8", 2, WriteCondition.Revision(5)),
            C3.Get("8", 3, 4, 6));

    [Fact]
    public void A_condition_on_an_open_revision_binds_those_after_it() =>
        Rejected(
            C1.PutUnknown("7", 1),
            C2.PutUnknown("8", 2, WriteCondition.Revision(5)),
            C3.Get("8", 3, 4, 5));

    [Fact]
    public void A_chain_of_unknown_writes_is_found() =>
        Accepted(
            C1.Put("7", 1, 2, 5),
            C2.DeleteUnknown(3),
            C3.PutUnknown("8", 4, WriteCondition.Absent),
            C1.Put("9", 5, 6, 9, WriteCondition.Revision(8)));

    [Fact]
    public void A_value_that_two_unknown_writes_wrote_can_be_of_either()
    {
        Accepted(
            C1.PutUnknown("7", 1),
            C2.PutUnknown("7", 2),
            C3.Get("7", 3, 4, 5),
            C3.Get("7", 5, 6, 6));
        Rejected(
            C1.PutUnknown("7", 1),
            C2.PutUnknown("7", 2),
            C3.Get("7", 3, 4, 5),
            C3.Get("7", 5, 6, 6),
            C3.Get("7", 7, 8, 7));
    }

    [Fact]
    public void An_unknown_read_says_nothing() =>
        Accepted(C1.Put("7", 1, 2, 5), C2.GetUnknown(3), C1.Get("7", 4, 5, 5));

    private static void Accepted(params KeyValueOperation[] history) =>
        Assert.IsType<Linearizable>(new KeyValueChecker().Check(history));

    private static void Rejected(params KeyValueOperation[] history) =>
        Assert.IsType<NotLinearizable>(new KeyValueChecker().Check(history));
}
