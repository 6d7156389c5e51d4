using Raft.Simulation.Checks.Clients;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Clients;

public sealed class AcknowledgedIsKeptTests
{
    private const string Fact = "n1 told c1 that its request 7 was applied as entry 2 of term 1";

    private readonly CheckedRun _run = new(new AcknowledgedIsKept());

    public AcknowledgedIsKeptTests()
    {
        _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1);
        _run.Append(1, CheckedRun.Entries(1, 1));
        _run.Commit(1, 2);
        _run.Stop(3);
    }

    [Fact]
    public void What_all_running_nodes_have_committed_is_kept()
    {
        _run.Append(2, CheckedRun.Entries(1, 1));
        _run.Commit(2, 2);
        _run.End();

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_node_that_lacks_the_entry_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1));

        _run.Contradicts(Fact, "the log of n2 ends at 1 at the end of the run", _run.End);
    }

    [Fact]
    public void A_node_with_another_entry_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1, 2));

        _run.Contradicts(Fact, "entry 2 of n2 is of term 2 at the end of the run", _run.End);
    }

    [Fact]
    public void A_node_that_did_not_commit_it_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1, 1));
        _run.Commit(2, 1);

        _run.Contradicts(Fact, "n2 has committed only up to 1 at the end of the run", _run.End);
    }
}
