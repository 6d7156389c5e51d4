using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Liveness;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Liveness;

public sealed class ConvergenceTests
{
    private readonly CheckedRun _run = new(new Convergence());

    public ConvergenceTests()
    {
        for (var node = 1; node <= 3; node++)
        {
            _run.Append(node, CheckedRun.Entries(1, 2));
            if (node == 1) _run.Lead(1, term: 2);
            else _run.Follow(node, term: 2, leader: 1);
            _run.Commit(node, 2);
            _run.Change(node, s => s with { LastApplied = new LogIndex(2) });
        }
    }

    [Fact]
    public void One_leader_and_equal_logs_are_right()
    {
        _run.End();

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_that_is_down_is_left_out()
    {
        _run.Commit(2, 1);
        _run.Stop(2);
        _run.End();

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Without_a_majority_nothing_is_asked()
    {
        _run.Stop(1);
        _run.Stop(2);
        _run.End();

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void No_leader_contradicts_it()
    {
        _run.Follow(1, term: 2);

        _run.Contradicts("n1 is in term 2, the newest, at the end of the run", "no node leads it", _run.End);
    }

    [Fact]
    public void Two_leaders_contradict_it()
    {
        _run.Lead(2, term: 2);

        _run.Contradicts("n1 is in term 2, the newest, at the end of the run", "n1 and n2 lead it", _run.End);
    }

    [Fact]
    public void A_newer_term_without_a_leader_contradicts_it()
    {
        _run.Follow(2, term: 3);

        _run.Contradicts("n2 is in term 3, the newest, at the end of the run", "no node leads it", _run.End);
    }

    [Fact]
    public void A_node_that_follows_no_leader_contradicts_it()
    {
        _run.Follow(2, term: 2);

        _run.Contradicts("n1 leads term 2 at the end of the run", "n2 is in term 2 and follows no leader", _run.End);
    }

    [Fact]
    public void A_leader_that_could_not_commit_all_contradicts_it()
    {
        _run.Commit(1, 1);

        _run.Contradicts(
            "n1 leads term 2 with entries up to 2", "it has committed only up to 1 at the end of the run", _run.End);
    }

    [Fact]
    public void A_shorter_log_contradicts_it()
    {
        _run.Replace(3, from: 2);

        _run.Contradicts(
            "the log of the leader n1 ends with entry 2 of term 2",
            "that of n3 ends with entry 1 of term 1 at the end of the run",
            _run.End);
    }

    [Fact]
    public void A_node_that_has_committed_less_contradicts_it()
    {
        _run.Commit(3, 1);

        _run.Contradicts(
            "the leader n1 has committed up to 2 at the end of the run", "n3 has committed up to 1", _run.End);
    }

    [Fact]
    public void A_node_that_has_applied_less_contradicts_it()
    {
        _run.Change(3, s => s with { LastApplied = new LogIndex(1) });

        _run.Contradicts("the leader n1 has committed up to 2 at the end of the run", "n3 has applied up to 1", _run.End);
    }
}
