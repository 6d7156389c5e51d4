using Raft.Simulation.Checks.Leadership;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Leadership;

/// <summary>The longest election timeout is 400 ms, and a heartbeat goes every 50 ms: 850 ms are too long.</summary>
public sealed class LeadersWithoutQuorumStepDownTests
{
    private readonly CheckedRun _run = new(new LeadersWithoutQuorumStepDown(), nodes: 5);

    public LeadersWithoutQuorumStepDownTests() => _run.Lead(1, term: 1);

    [Fact]
    public void A_leader_that_a_majority_answers_may_go_on()
    {
        for (var turn = 0; turn < 5; turn++)
        {
            Lead(until: (turn * 800) + 750);
            _run.Deliver(2, 1, Rpcs.Accepted(2, term: 1, match: 0));
            Lead(until: (turn + 1) * 800);
            _run.Deliver(3, 1, Rpcs.Rejected(3, term: 1, rejected: 0));
        }

        Assert.Equal(80, _run.Examined);
    }

    [Fact]
    public void Answers_of_a_minority_contradict_it()
    {
        Lead(until: 500);
        _run.Deliver(2, 1, Rpcs.Accepted(2, term: 1, match: 0));
        Lead(until: 850);

        _run.Contradicts(
            "no majority answered n1 in term 1 since 00:00:00",
            "it still sent entries as leader at 00:00:00.9000000",
            () => Lead(until: 900));
    }

    [Fact]
    public void Answers_of_another_term_do_not_count()
    {
        Lead(until: 500);
        _run.Deliver(2, 1, Rpcs.Accepted(2, term: 0, match: 0));
        _run.Deliver(3, 1, Rpcs.Accepted(3, term: 0, match: 0));

        Assert.Throws<ViolationException>(() => Lead(until: 900));
    }

    [Fact]
    public void A_process_that_stood_still_gets_the_time_anew()
    {
        Lead(until: 500);
        _run.At(5000);
        Lead(until: 5800);

        Assert.Throws<ViolationException>(() => Lead(until: 5950));
    }

    [Fact]
    public void A_disk_that_writes_nothing_contradicts_it()
    {
        _run.Append(1, CheckedRun.Entries(1));
        Lead(until: 850, isAnswered: true);

        _run.Contradicts(
            "the disk of n1 wrote nothing since 00:00:00, and had to",
            "it still sent entries as leader of term 1 at 00:00:00.9000000",
            () => Lead(until: 900, isAnswered: true));
    }

    [Fact]
    public void A_disk_that_is_slow_or_has_nothing_to_write_is_right()
    {
        _run.Append(1, CheckedRun.Entries(1, 1));
        Lead(until: 600, isAnswered: true);
        _run.Write(1, new Actors.Events.EntriesAppended(CheckedRun.Entries(1)));
        Lead(until: 1200, isAnswered: true);
        _run.Write(1, new Actors.Events.EntriesAppended([CheckedRun.Entry(2, 1)]));
        _run.Change(1, s => s with { DurableIndex = new(2) });
        Lead(until: 5000, isAnswered: true);

        Assert.Equal(100, _run.Examined);
    }

    [Fact]
    public void A_disk_that_deletes_need_not_write()
    {
        _run.Append(1, CheckedRun.Entries(1));
        _run.Change(1, s => s with { IsDeleting = true });
        Lead(until: 2000, isAnswered: true);
        _run.Change(1, s => s with { IsDeleting = false });
        Lead(until: 2850, isAnswered: true);

        Assert.Throws<ViolationException>(() => Lead(until: 2900, isAnswered: true));
    }

    [Fact]
    public void Without_check_quorum_a_leader_may_stay()
    {
        var run = new CheckedRun(new LeadersWithoutQuorumStepDown(), hocon: "raft.check-quorum = off");
        run.Lead(1, term: 1);
        run.At(100);
        run.Send(1, 2, Rpcs.Heartbeat(1, term: 1));

        Assert.Equal(0, run.Examined);
    }

    private void Lead(double until, bool isAnswered = false)
    {
        for (var at = _run.Cluster.Now.TotalMilliseconds + 50; at <= until; at += 50)
        {
            _run.At(at);
            _run.Send(1, 2, Rpcs.Heartbeat(1, term: 1));
            for (var node = 2; isAnswered && node <= 3; node++) _run.Deliver(node, 1, Rpcs.Accepted(node, term: 1, match: 0));
        }
    }
}
