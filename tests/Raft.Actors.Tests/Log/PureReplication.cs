using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;

namespace Raft.Actors.Tests.Log;

/// <summary>A follower reduced to its log and the receiver's rules (Raft, Figure 2: AppendEntries RPC).</summary>
internal sealed class PureFollower(RaftLog log)
{
    public RaftLog Log => log;

    public RaftRpc Receive(AppendEntries m)
    {
        if (!log.Contains(m.PreviousIndex, m.PreviousTerm))
        {
            var conflict = log.ConflictAt(m.PreviousIndex);
            return new AppendRejected(
                m.Cluster, new NodeId("f"), m.Term, m.PreviousIndex, conflict.Term, conflict.Index, m.Round);
        }

        var difference = log.Compare(m.Entries);
        if (difference.TruncateFrom is { } from) log.TruncateFrom(from);
        log.Append(difference.Missing);
        return new AppendAccepted(m.Cluster, new NodeId("f"), m.Term, m.PreviousIndex + m.Entries.Count, m.Round);
    }
}

/// <summary>A leader reduced to its log and the progress of one follower.</summary>
internal sealed class PureLeader(RaftLog log, LogIndex electedAt, int window = 2, int maxEntries = 3)
{
    private static readonly ClusterId Cluster = new("c");

    public Progress Progress { get; } = new(electedAt, window, long.MaxValue, TimeSpan.Zero);

    public int Rejections { get; private set; }

    public static AppendEntries Message(RaftLog log, LogIndex previous, int count) => new(
        Cluster,
        new NodeId("l"),
        log.LastTerm,
        previous,
        log.TermAt(previous)!.Value,
        count == 0 ? [] : log.Slice(previous.Next(), count, int.MaxValue),
        LogIndex.Zero,
        Round: 0);

    /// <summary>All messages that may be sent now.</summary>
    public IReadOnlyList<AppendEntries> Send()
    {
        var messages = new List<AppendEntries>();
        while (Progress.CanSend && Progress.Next <= log.LastIndex)
        {
            var message = Message(log, Progress.Next.Previous(), maxEntries);
            Progress.OnSent(message.Entries[^1].Index, message.Entries.Sum(e => e.EncodedBytes));
            messages.Add(message);
        }

        return messages;
    }

    public void Receive(RaftRpc reply)
    {
        if (reply is AppendAccepted accepted)
        {
            Progress.OnAccepted(accepted.MatchIndex, newestRound: 0);
            return;
        }

        var m = (AppendRejected)reply;
        var retryAt = m.ConflictTerm is { } term && log.LastIndexOf(term) is { } last && last < m.RejectedIndex
            ? last.Next()
            : m.ConflictIndex;
        if (Progress.OnRejected(m.RejectedIndex, retryAt)) Rejections++;
    }

    /// <summary>Exchanges messages until the follower has the whole log; throws after too many.</summary>
    public void ReplicateTo(PureFollower follower)
    {
        for (var round = 0; Progress.Match < log.LastIndex; round++)
        {
            if (round > 100) throw new InvalidOperationException($"The follower is stuck at entry {Progress.Match}.");
            foreach (var message in Send()) Receive(follower.Receive(message));
        }
    }
}
