using Raft.Actors.Protocol;

namespace Raft.Simulation.Tests.Checks;

/// <summary>Short notation for messages between nodes.</summary>
internal static class Rpcs
{
    private static readonly ClusterId Cluster = new("test");

    public static RequestVote RequestVote(
        int from, long term, long lastIndex = 0, long lastTerm = 0, bool isTransfer = false) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), new LogIndex(lastIndex), new Term(lastTerm), isTransfer);

    public static RequestPreVote RequestPreVote(int from, long term, long attempt = 1, long lastIndex = 0, long lastTerm = 0) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), attempt, new LogIndex(lastIndex), new Term(lastTerm));

    public static PreVoteGranted PreVoteGranted(int from, long term, long attempt = 1) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), attempt);

    public static PreVoteDenied PreVoteDenied(
        int from, long term, long attempt = 1, VoteDenial reason = VoteDenial.LogNotUpToDate) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), attempt, reason);

    public static TimeoutNow TimeoutNow(int from, long term) => new(Cluster, CheckedRun.Id(from), new Term(term));

    public static VoteGranted VoteGranted(int from, long term) => new(Cluster, CheckedRun.Id(from), new Term(term));

    public static VoteDenied VoteDenied(int from, long term, VoteDenial reason = VoteDenial.AlreadyVoted) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), reason);

    public static AppendEntries Heartbeat(int from, long term, long previous = 0, long previousTerm = 0, long commit = 0) =>
        Append(from, term, previous, previousTerm, commit);

    public static AppendEntries Round(int from, long term, long round) => Heartbeat(from, term) with { Round = round };

    public static AppendEntries Append(
        int from, long term, long previous, long previousTerm, long commit, params LogEntry[] entries) =>
        new(
            Cluster,
            CheckedRun.Id(from),
            new Term(term),
            new LogIndex(previous),
            new Term(previousTerm),
            entries,
            new LogIndex(commit),
            Round: 0);

    public static AppendAccepted Accepted(int from, long term, long match, long round = 0) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), new LogIndex(match), round);

    public static RequestReadIndex RequestReadIndex(int from, long term, long readId) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), readId);

    public static ReadIndexGranted ReadIndexGranted(int from, long term, long readId, long index) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), readId, new LogIndex(index));

    public static AppendRejected Rejected(int from, long term, long rejected) =>
        new(Cluster, CheckedRun.Id(from), new Term(term), new LogIndex(rejected), null, new LogIndex(1), Round: 0);

    public static AppendOutdated Outdated(int from, long term) => new(Cluster, CheckedRun.Id(from), new Term(term));
}
