namespace Raft.Simulation.Checks;

/// <summary>The properties that every run must have.</summary>
public static class StandardChecks
{
    /// <summary>All checks, made anew for one run, always in the same order.</summary>
    public static IReadOnlyList<Check> Create() =>
    [
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
        new TrueDenials(),
        new ElectedByDurableVotes(),
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
        new AcknowledgedIsDurable(),
        new AnswersAreCommitted(),
        new AnsweredResults(),
        new OneRequestPerIndex(),
        new AppliedOnce(),
        new RepliesMatchRequests(),
        new CampaignsNotEarly(),
        new CampaignsInTime(),
        new FrameLimit(),
        new AppendLimits(),
        new BoundedQueues(),
        new NoUnexplainedFailure(),
        new AcknowledgedIsKept(),
        new Convergence(),
    ];
}
