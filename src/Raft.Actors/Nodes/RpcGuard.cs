using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Rejects RPCs that no correct peer would send. Pure.</summary>
internal static class RpcGuard
{
    /// <returns>The problem as a clause; null if there is none.</returns>
    public static string? Problem(RaftRpc rpc, Term current) =>
        rpc.Term < Term.Zero ? $"term {rpc.Term} is negative"
        : rpc.Journal.Number < 0 || rpc.Journal.Position < 0 ? $"{rpc.Journal} is not a valid journal stamp"
        : rpc.Term.Value - current.Value > Term.MaxAdvance ? $"term {rpc.Term} is implausibly far ahead of term {current}"
        : rpc switch
        {
            RequestVote m => Problem(m.LastLogIndex) ?? Problem(m.LastLogTerm, m.Term),
            RequestPreVote m => Problem(m.LastLogIndex) ?? Problem(m.LastLogTerm, m.Term),
            ReadIndexGranted m => Problem(m.Index),
            AppendEntries m => Problem(m),
            InstallSnapshot m => Problem(m),
            SnapshotReceived m => Problem(m.Index) ?? ProblemOfRound(m.Round),
            AppendAccepted m => Problem(m.MatchIndex) ?? ProblemOfRound(m.Round),
            AppendRejected m => Problem(m.RejectedIndex) ?? Problem(m.ConflictIndex)
                ?? Problem(m.ConflictTerm ?? Term.Zero, m.Term) ?? ProblemOfRound(m.Round),
            _ => null,
        };

    private static string? Problem(AppendEntries m) =>
        Problem(m.PreviousIndex) ?? Problem(m.PreviousTerm, m.Term) ?? Problem(m.LeaderCommit) ?? ProblemOfRound(m.Round)
        ?? ProblemOfEntries(m);

    private static string? Problem(InstallSnapshot m) =>
        Problem(m.Last.Index) ?? Problem(m.Last.Term, m.Term) ?? ProblemOfRound(m.Round)
        ?? (m.Last.Index == LogIndex.Zero || m.Last.Time < TimeSpan.Zero ? $"a snapshot can't replace {m.Last}" : null)
        ?? (m.Offset < 0 || m.Length < 1 || m.Data.Length > m.Length - m.Offset
            ? $"{m.Data.Length} bytes at {m.Offset} do not fit into a snapshot of {m.Length} bytes" : null);

    private static string? ProblemOfEntries(AppendEntries m)
    {
        var index = m.PreviousIndex;
        var term = m.PreviousTerm;
        var time = TimeSpan.Zero;
        foreach (var entry in m.Entries)
        {
            if (entry.Index != index.Next()) return $"entry {entry.Index} does not follow index {index}";
            if (entry.Term < term || entry.Term > m.Term) return $"entry {entry.Index} has the invalid term {entry.Term}";
            if (!Enum.IsDefined(entry.Kind)) return $"entry {entry.Index} is of the unknown kind {(int)entry.Kind}";
            if (entry.Time < time) return $"entry {entry.Index} has time {entry.Time}, but the entry before it has {time}";
            if (entry.Kind == EntryKind.Readmission && Incarnation.Decode(entry.Command.Span) is null)
                return $"entry {entry.Index} readmits no member";
            if (entry.Origin?.Problem() is { } problem) return $"entry {entry.Index} has an invalid origin: {problem}";
            (index, term, time) = (entry.Index, entry.Term, entry.Time);
        }

        return null;
    }

    private static string? Problem(LogIndex index) =>
        index < LogIndex.Zero ? $"index {index} is negative"
        : index > LogIndex.Limit ? $"index {index} is implausibly high"
        : null;

    private static string? Problem(Term term, Term limit) =>
        term < Term.Zero || term > limit ? $"a log of term {term} can't be sent in term {limit}" : null;

    private static string? ProblemOfRound(long round) => round < 0 ? $"round {round} is negative" : null;
}
