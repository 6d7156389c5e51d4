using Raft.Simulation.Checks.Liveness;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Liveness;

public sealed class ProposalsMoveOnTests
{
    private readonly CheckedRun _run = new(new ProposalsMoveOn());

    public ProposalsMoveOnTests() => _run.Lead(1, term: 1);

    [Fact]
    public void They_may_wait_for_a_write_a_deletion_and_a_transfer()
    {
        _run.Change(1, s => s with { PendingProposals = 1, IsWriting = true });
        _run.Change(1, s => s with { PendingProposals = 2, IsWriting = false, IsDeleting = true });
        _run.Change(1, s => s with { PendingProposals = 3, IsDeleting = false, IsTransferring = true });
        _run.Change(1, s => s with { PendingProposals = 0, IsTransferring = false });

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void Without_any_of_them_proposals_in_no_log_contradict_it()
    {
        _run.Change(1, s => s with { PendingProposals = 2, IsWriting = true });

        _run.Contradicts(
            "n1, leader of term 1, has accepted 2 proposals that are in no log",
            "its journal neither writes nor deletes, and no transfer of the leadership is under way",
            () => _run.Change(1, s => s with { IsWriting = false }));
    }
}
