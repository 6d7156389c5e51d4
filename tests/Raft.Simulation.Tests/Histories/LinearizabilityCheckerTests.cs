using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>The checker with other models, its limit, and the amount of its work.</summary>
public sealed class LinearizabilityCheckerTests
{
    private static readonly Caller C1 = new("c1");
    private static readonly Caller C2 = new("c2");

    [Fact]
    public void A_model_of_ones_own_can_be_checked()
    {
        var checker = new LinearizabilityChecker<long, long, long>(new Counter());

        Assert.IsType<Linearizable>(checker.Check([new("c1", 1, 1, 1, 3), new("c2", 1, 2, 2, 4)]));
        Assert.IsType<Linearizable>(checker.Check([new("c1", 1, 0, 1, null), new("c2", 1, 2, 2, 4)]));
        Assert.IsType<NotLinearizable>(checker.Check([new("c1", 1, 1, 1, 3), new("c2", 1, 1, 2, 4)]));
        Assert.IsType<NotLinearizable>(checker.Check([new("c1", 1, 2, 1, 2), new("c2", 1, 1, 3, 4)]));
    }

    [Fact]
    public void A_history_can_be_split_by_key()
    {
        var other = C1 with { Key = "k0" };
        var parts = History.SplitByKey([C1.PutUnknown("7", 1), other.GetAbsent(2, 3), C2.GetAbsent(4, 5)], i => i.Key);

        Assert.Equal(["k1", "k0"], parts.Select(p => p.Key));
        Assert.Equal([0, 2], parts[0].Positions);
        Assert.Equal([1], parts[1].Positions);
        Assert.Equal("c2", parts[0].Operations[1].Client);
    }

    [Fact]
    public void A_search_that_reaches_its_limit_is_undecided()
    {
        var verdict = new KeyValueChecker(maxConfigurations: 2).Check(
            [C1.Put("7", 1, 2, 5), C1.Put("8", 3, 4, 6), C1.Get("8", 5, 6, 6)]);

        Assert.Equal("k1", Assert.IsType<Undecided>(verdict).Key);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyValueChecker(maxConfigurations: 0));
    }

    [Fact]
    public void A_violation_on_another_key_counts_more_than_an_undecided_one()
    {
        var other = new Caller("c3", "k2");
        var verdict = new KeyValueChecker(maxConfigurations: 3).Check(
            [C1.Put("7", 1, 2, 5), C1.Put("8", 3, 4, 6), C1.Get("8", 5, 6, 6), C1.Get("8", 7, 8, 6), other.Get("9", 9, 10, 7)]);

        Assert.Equal("k2", Assert.IsType<NotLinearizable>(verdict).Key);
    }

    [Fact]
    public void Unknown_writes_that_no_read_observed_take_no_work()
    {
        var history = new List<KeyValueOperation>();
        for (var i = 0; i < 100; i++) history.Add(C1.PutUnknown($"{i}", i));
        for (var i = 0; i < 100; i++) history.Add(C2.GetAbsent(200 + (2 * i), 201 + (2 * i)));

        Assert.InRange(Assert.IsType<Linearizable>(new KeyValueChecker().Check(history)).Explored, 100, 110);
    }

    [Fact]
    public void Unknown_writes_do_not_multiply_the_work_of_a_rejection()
    {
        var history = new List<KeyValueOperation>();
        for (var i = 0; i < 60; i++)
        {
            history.Add(C1.PutUnknown($"{i}", 3 * i));
            if (i % 3 == 0) history.Add(C1.DeleteUnknown((3 * i) + 1));
            if (i % 4 == 0) history.Add(C1.PutUnknown($"if absent {i}", (3 * i) + 2, new(0)));
            if (i % 5 == 0) history.Add(C1.PutUnknown($"if {i}", (3 * i) + 2, new(i)));
        }

        history.Add(C2.Get("7", 1000, 1001, 5));
        history.Add(C2.Get("never", 1002, 1003, 70));

        Assert.InRange(Assert.IsType<NotLinearizable>(new KeyValueChecker().Check(history)).Explored, 1, 10_000);
    }

    [Fact]
    public void A_long_history_that_is_not_split_needs_little_memory_for_each_operation()
    {
        var random = new Random(1);
        var history = new ConcurrentRun(random) { Keys = 1, Clients = 10, Operations = 20_000, UnknownPercent = 0 }.Play();

        Assert.InRange(Assert.IsType<Linearizable>(new KeyValueChecker(200_000).Check(history)).Explored, 20_000, 100_000);
    }

    private sealed class Counter : DeterministicModel<long, long, long>
    {
        public override long Initial => 0;

        public override long Apply(long state, long input, out long output) => output = state + input;
    }
}
