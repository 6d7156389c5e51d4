using Raft.Simulation.Checks.Reads;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Reads;

public sealed class ReadsAreFreshTests
{
    private readonly CheckedRun _run = new(new ReadsAreFresh());

    [Fact]
    public void An_answer_that_has_all_that_was_done_before_the_question_is_right()
    {
        Write(index: 5);
        Read(RequestType.LeaseQuery, index: 5);
        Read(RequestType.FollowerQuery, index: 7);
        Read(RequestType.Query, index: 7);

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void An_answer_without_an_acknowledged_write_contradicts_it()
    {
        Write(index: 5);

        _run.Contradicts(
            "'write' of c1 was done at index 5",
            "'LeaseQuery' of c2, asked afterwards, was answered from a state of index 4",
            () => Read(RequestType.LeaseQuery, index: 4));
    }

    [Fact]
    public void An_answer_that_goes_back_behind_another_contradicts_it()
    {
        Read(RequestType.FollowerQuery, index: 6);

        _run.Contradicts(
            "'FollowerQuery' of c2 was done at index 6",
            "'Query' of c2, asked afterwards, was answered from a state of index 5",
            () => Read(RequestType.Query, index: 5));
    }

    [Fact]
    public void What_is_done_while_the_question_is_under_way_may_be_missed()
    {
        var read = Begin(1, RequestType.Query, "read");
        Write(index: 5);
        _run.Return(read, index: 3);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_stale_query_promises_nothing_and_reveals_nothing_to_later_ones()
    {
        Write(index: 5);
        Read(RequestType.StaleQuery, index: 2);
        Read(RequestType.StaleQuery, index: 9);
        Read(RequestType.Query, index: 5);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_write_that_was_not_acknowledged_may_be_missed()
    {
        _run.Return(Begin(0, RequestType.Command, "write"), index: 0, OperationOutcome.Unknown);
        Read(RequestType.Query, index: 0);

        Assert.Equal(1, _run.Examined);
    }

    private void Write(long index) => _run.Return(Begin(0, RequestType.Command, "write"), index);

    private void Read(RequestType type, long index) => _run.Return(Begin(1, type, type.ToString()), index);

    private Operation Begin(int client, RequestType type, string text)
    {
        var operation = new Operation(client, new Request(type, default, text), 0, TimeSpan.Zero);
        _run.Invoke(operation);
        return operation;
    }
}
