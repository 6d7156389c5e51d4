using Raft.Actors.Protocol;

namespace Raft.Simulation.Clusters;

/// <summary>Describes a message in one line.</summary>
internal static class MessageDescription
{
    public static string Of(object message) => message switch
    {
        RequestVote m => $"term {m.Term}, last entry {m.LastLogIndex} of term {m.LastLogTerm}"
            + (m.IsTransfer ? ", for a leadership transfer" : ""),
        RequestPreVote m => $"term {m.Term}, attempt {m.Attempt}, last entry {m.LastLogIndex} of term {m.LastLogTerm}",
        PreVoteGranted m => $"term {m.Term}, attempt {m.Attempt}",
        PreVoteDenied m => $"term {m.Term}, attempt {m.Attempt}, {m.Reason}",
        RequestReadIndex m => $"term {m.Term}, read {m.ReadId}",
        ReadIndexGranted m => $"term {m.Term}, read {m.ReadId}, index {m.Index}",
        VoteDenied m => $"term {m.Term}, {m.Reason}",
        AppendEntries m => $"term {m.Term}, after entry {m.PreviousIndex} of term {m.PreviousTerm}, "
            + $"{m.Entries.Count} entries, commit {m.LeaderCommit}, round {m.Round}",
        AppendAccepted m => $"term {m.Term}, match {m.MatchIndex}, round {m.Round}",
        AppendRejected m => $"term {m.Term}, rejected {m.RejectedIndex}, conflict at {m.ConflictIndex}"
            + (m.ConflictTerm is { } term ? $" of term {term}" : ""),
        InstallSnapshot m => $"term {m.Term}, up to entry {m.Last.Index} of term {m.Last.Term}, "
            + $"{m.Data.Length} bytes at {m.Offset} "
            + $"of {m.Length}, part {m.Part}, round {m.Round}",
        SnapshotReceived m => $"term {m.Term}, up to entry {m.Index}, bytes up to {m.Offset}, part {m.Part}, round {m.Round}",
        RpcRefused m => m.Reason,
        RaftRpc m => $"term {m.Term}",
        Propose m => $"request {string.Join(", ", m.Proposals.Select(p => p.RequestId))}",
        ClientQuery m => $"query {string.Join(", ", m.Queries.Select(q => q.RequestId))}, {m.Consistency}",
        ClientReplies m => string.Join(", ", m.Replies.Select(r => $"{r.GetType().Name} {r.RequestId}")),
        LeaderIs m => m.IsSelf ? $"term {m.Term}: I lead" : $"term {m.Term}: {m.Path ?? "unknown"}",
        BootstrapPresence m => $"expects {m.Expect}",
        ProposeBootstrap m => m.Plan.ToString(),
        BootstrapPromise m => $"{m.Plan} by {m.Plan.Planner}",
        BootstrapDropped m => $"cluster {m.Cluster}",
        ClusterExists m => $"cluster {m.Cluster} of {string.Join(", ", m.Voters)}",
        TransferLeadership m => $"to {m.Target?.Value ?? "any node"}",
        LeadershipTransferred m => $"term {m.Term}: {m.From} to {m.Target}",
        TransferRefused m => $"{m.Refusal}: {m.Reason}",
        _ => "",
    };
}
