using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Reads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Reads;

/// <summary>n1 leads term 2 and has committed an entry of it; n2 and n3 follow. A lease lasts 180 ms.</summary>
public sealed class ReadsAreConfirmedTests
{
    private const string Hocon = "raft.lease-reads = on\nraft.max-clock-drift = 0.05";

    private readonly CheckedRun _run = new(new ReadsAreConfirmed(), hocon: Hocon);

    public ReadsAreConfirmedTests()
    {
        for (var node = 1; node <= 3; node++) _run.Hold(node, CheckedRun.Entries(1, 2));
        _run.Lead(1, term: 2);
        _run.Commit(1, index: 2);
        _run.Follow(2, term: 2, leader: 1);
    }

    [Fact]
    public void A_round_after_the_question_confirms_it()
    {
        Ask(1, ReadConsistency.Linearizable, at: 10);
        Round(1, sent: 11, answered: 15);
        Answer(1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_round_before_the_question_confirms_nothing_though_its_answer_comes_afterwards()
    {
        Send(1, at: 9);
        Ask(1, ReadConsistency.Linearizable, at: 10);
        Take(1, at: 15);

        Contradicts(1, "it, or the leader that granted it an index, leads", ReadConsistency.Linearizable);
    }

    [Fact]
    public void Answers_of_an_older_term_confirm_nothing()
    {
        Ask(1, ReadConsistency.Linearizable, at: 10);
        Round(1, sent: 11, answered: 15);
        _run.Lead(1, term: 3);
        _run.Append(1, CheckedRun.Entry(3, term: 3));
        _run.Commit(1, index: 3);

        Contradicts(1, "it, or the leader that granted it an index, leads", ReadConsistency.Linearizable);
    }

    [Fact]
    public void One_follower_of_four_is_no_majority()
    {
        var run = new CheckedRun(new ReadsAreConfirmed(), nodes: 5);
        run.Hold(1, CheckedRun.Entry(1, term: 2));
        run.Lead(1, term: 2);
        run.Commit(1, index: 1);
        run.Ask(1, "c1", id: 7, ReadConsistency.Linearizable);
        run.Send(1, 2, Rpcs.Round(1, term: 2, round: 1));
        run.Deliver(2, 1, Rpcs.Accepted(2, term: 2, match: 1, round: 1));

        run.Contradicts(
            $"request 7 of c1 reached n1 at {TimeSpan.Zero}, and no majority has confirmed since that "
            + "it, or the leader that granted it an index, leads",
            $"n1 answered this Linearizable query at {TimeSpan.Zero} from a state of index 2",
            () => run.Reply(1, "c1", Answered(2)));
    }

    [Fact]
    public void A_leader_that_has_committed_nothing_of_its_term_may_not_answer()
    {
        _run.Lead(1, term: 3);
        Ask(1, ReadConsistency.Linearizable, at: 10);
        Round(1, sent: 11, answered: 15, term: 3);

        Contradicts(1, "it, or the leader that granted it an index, leads", ReadConsistency.Linearizable);
    }

    [Fact]
    public void A_lease_runs_from_the_moment_at_which_its_round_was_sent()
    {
        Round(1, sent: 10, answered: 100);
        Ask(1, ReadConsistency.Lease, at: 190);
        Answer(1);
        Ask(1, ReadConsistency.Lease, at: 200, id: 8);

        Contradicts(1, "it leads, nor is there a lease", ReadConsistency.Lease, id: 8);
    }

    [Fact]
    public void A_slow_clock_makes_a_lease_longer()
    {
        Round(1, sent: 10, answered: 100);
        _run[1].ClockRate = 0.9;
        Ask(1, ReadConsistency.Lease, at: 200);
        Answer(1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void After_a_transfer_there_is_no_lease()
    {
        Round(1, sent: 10, answered: 15);
        _run.At(20);
        _run.Send(1, 2, Rpcs.TimeoutNow(1, term: 2));
        Ask(1, ReadConsistency.Lease, at: 30);

        Contradicts(1, "it leads, nor is there a lease", ReadConsistency.Lease);
    }

    [Fact]
    public void A_follower_answers_with_what_it_was_granted_after_the_question()
    {
        Ask(2, ReadConsistency.Follower, at: 10);
        Round(1, sent: 12, answered: 14);
        Grant(index: 2);
        Answer(2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_follower_that_has_not_applied_the_granted_index_may_not_answer()
    {
        Ask(2, ReadConsistency.Follower, at: 10);
        Round(1, sent: 12, answered: 14);
        Grant(index: 3);

        Contradicts(2, "it, or the leader that granted it an index, leads", ReadConsistency.Follower);
    }

    [Fact]
    public void A_grant_that_was_confirmed_before_the_question_is_none()
    {
        Round(1, sent: 8, answered: 9);
        Ask(2, ReadConsistency.Follower, at: 10);
        Grant(index: 2);

        Contradicts(2, "it, or the leader that granted it an index, leads", ReadConsistency.Follower);
    }

    [Fact]
    public void A_stale_question_needs_nothing()
    {
        Ask(3, ReadConsistency.Stale, at: 10);
        Answer(3);

        Assert.Equal(0, _run.Examined);
    }

    private void Ask(int node, ReadConsistency consistency, double at, long id = 7)
    {
        _run.At(at);
        _run.Ask(node, "c1", id, consistency);
    }

    private void Round(long round, double sent, double answered, long term = 2)
    {
        Send(round, sent, term);
        Take(round, answered, term);
    }

    private void Send(long round, double at, long term = 2)
    {
        _run.At(at);
        _run.Send(1, 2, Rpcs.Round(1, term, round));
    }

    private void Take(long round, double at, long term = 2)
    {
        _run.At(at);
        _run.Deliver(2, 1, Rpcs.Accepted(2, term, match: 2, round));
    }

    private void Grant(long index)
    {
        _run.Send(1, 2, Rpcs.ReadIndexGranted(1, term: 2, readId: 5, index));
        _run.Deliver(1, 2, Rpcs.ReadIndexGranted(1, term: 2, readId: 5, index));
    }

    private void Answer(int node) => _run.Reply(node, "c1", Answered(index: 2));

    private void Contradicts(int node, string who, ReadConsistency consistency, long id = 7)
    {
        var asked = TimeSpan.FromMilliseconds(id == 8 ? 200 : consistency == ReadConsistency.Lease ? 30 : 10);
        _run.Contradicts(
            $"request {id} of c1 reached n{node} at {asked}, and no majority has confirmed since that {who}",
            $"n{node} answered this {consistency} query at {_run.Cluster.Now} from a state of index 2",
            () => _run.Reply(node, "c1", Answered(index: 2, id)));
    }

    private static QueryAnswered Answered(long index, long id = 7) => new(id, new LogIndex(index), default);
}
