using Raft.Simulation.Checks.Liveness;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Liveness;

/// <summary>n1 leads from 0 ms on.</summary>
public sealed class PromptAnswersTests
{
    private readonly CheckedRun _run = new(new PromptAnswers(), isWithoutFaults: true);

    public PromptAnswersTests() => _run.Lead(1, term: 1);

    [Fact]
    public void A_request_that_is_answered_in_time_is_right()
    {
        Answer(Ask(at: 1000), at: 1250);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void One_that_waits_longer_contradicts_it()
    {
        var operation = Ask(at: 1000);

        _run.Contradicts(
            "without faults a request is answered within 250 ms",
            "c1: x (Done) was asked at 00:00:01 and answered at 00:00:01.2510000, though since 00:00:00 no role changed and few "
            + "clients asked",
            () => Answer(operation, at: 1251));
    }

    [Fact]
    public void While_a_leader_is_elected_everybody_waits()
    {
        var operation = Ask(at: 1000);
        _run.At(2000);
        _run.Lead(2, term: 2);

        Answer(operation, at: 2250);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Many_wait_for_each_other()
    {
        Operation[] operations = [.. Enumerable.Range(0, 17).Select(_ => Ask(at: 1000))];

        foreach (var operation in operations) Answer(operation, at: 1300);
    }

    [Fact]
    public void With_faults_any_client_may_wait()
    {
        var run = new CheckedRun(new PromptAnswers());
        var operation = new Operation(0, new Request(RequestType.Command, CheckedRun.Bytes("x"), "x"), 1, TimeSpan.Zero);
        run.Invoke(operation);
        operation.ReturnedAt = TimeSpan.FromSeconds(9);
        run.Return(operation, index: 1);

        Assert.Equal(0, run.Examined);
    }

    private Operation Ask(double at)
    {
        var operation = new Operation(
            0, new Request(RequestType.Command, CheckedRun.Bytes("x"), "x"), 1, TimeSpan.FromMilliseconds(at));
        _run.Invoke(operation);
        return operation;
    }

    private void Answer(Operation operation, double at)
    {
        operation.ReturnedAt = TimeSpan.FromMilliseconds(at);
        _run.Return(operation, index: 1);
    }
}
