using Raft.Simulation.Checks;
using Raft.Simulation.Checks.Applying;
using Raft.Simulation.Checks.Bootstrap;
using Raft.Simulation.Checks.Clients;
using Raft.Simulation.Checks.Commitment;
using Raft.Simulation.Checks.Durability;
using Raft.Simulation.Checks.Elections;
using Raft.Simulation.Checks.Leadership;
using Raft.Simulation.Checks.Limits;
using Raft.Simulation.Checks.Liveness;
using Raft.Simulation.Checks.LostJournals;
using Raft.Simulation.Checks.PreVotes;
using Raft.Simulation.Checks.Reads;
using Raft.Simulation.Checks.Replication;
using Raft.Simulation.Checks.Sessions;
using Raft.Simulation.Checks.Snapshots;

namespace Raft.Simulation.Clusters;

/// <summary>The properties that must hold in every run.</summary>
internal static class StandardChecks
{
    /// <summary>Creates all checks for one run, always in the same order.</summary>
    public static IReadOnlyList<Check> Create() => [.. OfNodes(), .. OfClients(), .. OfTime()];

    private static Check[] OfNodes() =>
    [
        new OneCluster(),
        new BootstrappedByAll(),
        new BootstrapMessagesAreDurable(),
        new ElectionSafety(),
        new LeaderAppendOnly(),
        new LogMatching(),
        new LeaderCompleteness(),
        new StateMachineSafety(),
        new AppliedPrefixes(),
        new CommitAgreement(),
        new AppliedIsCommitted(),
        new TermsRise(),
        new IndexesRise(),
        new OneVotePerTerm(),
        new VotesForUpToDateLogs(),
        new VoteDenialsAreJustified(),
        new ElectedByDurableVotes(),
        new SilentUntilReadmitted(),
        new ReadmittedByOthers(),
        new NamedJournalsCount(),
        new CandidatesTellTheirLog(),
        new LeadersSendTheirLog(),
        new DurablePromises(),
        new DurableIndexIsTrue(),
        new CommittedIsDurable(),
        new CommitsInOwnTerm(),
        new FollowersCommitAfterLeaders(),
        new FaithfulRecovery(),
        new JournalOrder(),
        new CommittedStaysOnDisk(),
        new SnapshotsAreCommitted(),
        new SnapshotsAreWhole(),
        new SnapshotsMoveForward(),
        new InstalledIsRestored(),
    ];

    private static Check[] OfClients() =>
    [
        new AcknowledgedIsDurable(),
        new AnswersAreCommitted(),
        new AnsweredResults(),
        new OneRequestPerIndex(),
        new AppliedOnce(),
        new SessionsFollowTheLog(),
        new RepliesMatchRequests(),
        new ReadsAreFresh(),
        new ReadsAreConfirmed(),
        new UnusedNumbers(),
    ];

    private static Check[] OfTime() =>
    [
        new CampaignsNotEarly(),
        new CampaignsInTime(),
        new CampaignsWithPreVotes(),
        new PreVotesForUpToDateLogs(),
        new PreVotesBindNobody(),
        new LeaderStickiness(),
        new LeadersStay(),
        new LeadersWithoutQuorumStepDown(),
        new ProposalsMoveOn(),
        new PromptAnswers(),
        new FrameLimit(),
        new AppendLimits(),
        new BoundedQueues(),
        new NoUnexplainedFailure(),
        new AcknowledgedIsKept(),
        new Convergence(),
    ];
}
