using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Checks;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class HistoryCheckTests
{
    private readonly List<Operation<KeyValueInput, KeyValueOutput>> _history = [];
    private long _steps;

    [Fact]
    public void A_history_that_one_order_explains_has_nothing_to_report()
    {
        Put("a", revision: 5);
        Read("c2", "a", revision: 5);
        AssertVerdict(lost: 0, stale: 0, wrong: 0);
    }

    [Fact]
    public void Each_read_of_an_overwritten_value_is_stale()
    {
        Put("a", revision: 5);
        Put("b", revision: 6);
        Read("c2", "a", revision: 5);
        Read("c3", "a", revision: 5);
        Read("c2", "b", revision: 6);
        AssertVerdict(lost: 0, stale: 2, wrong: 0);
    }

    [Fact]
    public void An_acknowledged_write_that_no_final_read_returns_is_lost_once()
    {
        Put("a", revision: 5);
        Read($"{HistoryCheck.FinalReader} via n1", null, revision: 0);
        Read($"{HistoryCheck.FinalReader} via n2", null, revision: 0);
        AssertVerdict(lost: 1, stale: 0, wrong: 0);
    }

    [Fact]
    public void A_write_of_unknown_outcome_may_be_there_or_not()
    {
        Put("a", revision: 5);
        _history.Add(new("c1", new PutInput("k", "b", WriteCondition.None), null, ++_steps, null));
        Read("c2", "a", revision: 5);
        Read($"{HistoryCheck.FinalReader} via n1", "b", revision: 9);
        AssertVerdict(lost: 0, stale: 0, wrong: 0);
    }

    [Fact]
    public void A_chain_of_writes_in_which_one_was_applied_twice_is_wrong()
    {
        Put("a", revision: 5);
        _history.Add(new(
            "c1",
            new PutInput("k", "b", new WriteCondition(5)),
            new WriteOutput(WriteOutcome.ConditionFailed, 6),
            ++_steps,
            ++_steps));
        AssertVerdict(lost: 0, stale: 0, wrong: 1);
    }

    private void Put(string value, long revision) => _history.Add(new(
        "c1", new PutInput("k", value, WriteCondition.None), new WriteOutput(WriteOutcome.Done, revision), ++_steps, ++_steps));

    private void Read(string client, string? value, long revision) =>
        _history.Add(new(client, new GetInput("k"), new GetOutput(value, revision), ++_steps, ++_steps));

    private void AssertVerdict(int lost, int stale, int wrong)
    {
        var verdict = new HistoryCheck().Check(_history);
        Assert.Equal((lost, stale, wrong), (verdict.LostWrites, verdict.StaleReads, verdict.Wrong));
    }
}
