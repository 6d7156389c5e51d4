using Raft.Actors.Protocol;

namespace Raft.Simulation.Traces;

/// <summary>Something that happened in a run, for people who want to see what.</summary>
/// <param name="At">Virtual time since the start of the run.</param>
/// <param name="Machine">Where: a node such as <c>n1</c>, a client such as <c>c1</c>, or empty where it is everywhere.</param>
internal abstract record TraceEvent(TimeSpan At, string Machine);

/// <summary>What became of a message.</summary>
internal enum MessageFate
{
    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>The network lost it, or the run ended before it arrived.</summary>
    Lost,

    /// <summary>The link was cut by a partition.</summary>
    Cut,

    /// <summary>It arrived where nobody was running.</summary>
    ReceiverDown,
}

/// <summary>A message between two machines. It is in the trace at the moment it was sent.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Machine">Who sent it.</param>
/// <param name="To">Who is to get it.</param>
/// <param name="Kind">Its type, for example <c>AppendEntries</c>.</param>
/// <param name="Detail">Its content in one line, for example <c>term 3, after 4/2, 2 entries, commit 4</c>.</param>
/// <param name="Arrival">When it arrived or was to arrive; null where it never left.</param>
/// <param name="Fate">What became of it.</param>
internal sealed record MessageTraveled(
    TimeSpan At, string Machine, string To, string Kind, string Detail, TimeSpan? Arrival, MessageFate Fate)
    : TraceEvent(At, Machine);

/// <summary>A node's state changed: everything about it, as it is now.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The node.</param>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="VotedFor">Its vote in that term.</param>
/// <param name="Leader">The leader that it knows.</param>
/// <param name="CommitIndex">Its commit index.</param>
/// <param name="LastApplied">Last index applied.</param>
/// <param name="DurableIndex">Last index on its disk.</param>
/// <param name="KeptUpTo">The entries up to this index are as they were at its last event; those after it are
/// <paramref name="Appended"/>.</param>
/// <param name="Appended">Entries after <paramref name="KeptUpTo"/>, in order.</param>
internal sealed record NodeChanged(
    TimeSpan At,
    string Machine,
    RaftRole Role,
    long Term,
    string? VotedFor,
    string? Leader,
    long CommitIndex,
    long LastApplied,
    long DurableIndex,
    long KeptUpTo,
    IReadOnlyList<TracedEntry> Appended) : TraceEvent(At, Machine);

/// <summary>A log entry in words.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Term">Its term.</param>
/// <param name="Text">What it does, for example <c>put k1 = 17</c>, or <c>no-op</c>.</param>
internal sealed record TracedEntry(long Index, long Term, string Text);

/// <summary>A machine went down (crash, failure of its disk, stop) or came up again.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The node.</param>
/// <param name="IsUp">Whether it runs from now on.</param>
/// <param name="Why">In words.</param>
internal sealed record MachineUpOrDown(TimeSpan At, string Machine, bool IsUp, string Why) : TraceEvent(At, Machine);

/// <summary>A fault that lasts: a partition, a pause, a stalled disk, a slow link …</summary>
/// <param name="At">When it began.</param>
/// <param name="Machine">The machine that it is on; empty where it is between machines.</param>
/// <param name="Kind">Its kind, for example <c>partition</c> or <c>pause</c>.</param>
/// <param name="Text">It in words, for example <c>n1, n2 | n3, n4, n5</c>.</param>
/// <param name="Until">When it ended.</param>
/// <param name="CutLinks">The links that it cuts, from and to; empty where it cuts none.</param>
internal sealed record FaultLasted(
    TimeSpan At, string Machine, string Kind, string Text, TimeSpan Until, IReadOnlyList<(string From, string To)> CutLinks)
    : TraceEvent(At, Machine);

/// <summary>Something short that is worth a mark on the machine's line, for example a failed write.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">Where.</param>
/// <param name="Text">In words.</param>
internal sealed record Noted(TimeSpan At, string Machine, string Text) : TraceEvent(At, Machine);

/// <summary>A client's operation, from its call to its end.</summary>
/// <param name="At">When it was called.</param>
/// <param name="Machine">The client.</param>
/// <param name="Call">What was asked, for example <c>put k1 = 17</c>.</param>
/// <param name="Outcome">What came of it, for example <c>done, revision 12</c> or <c>unknown</c>.</param>
/// <param name="Until">When it ended; null where it never did.</param>
internal sealed record OperationLasted(TimeSpan At, string Machine, string Call, string Outcome, TimeSpan? Until)
    : TraceEvent(At, Machine);

/// <summary>The moment at which a property was violated.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The machine that it was seen on; empty where it was seen over several.</param>
/// <param name="Check">The property's name.</param>
/// <param name="Source">Where the property comes from.</param>
/// <param name="Fact">The first fact.</param>
/// <param name="Contradiction">The second.</param>
internal sealed record PropertyViolated(
    TimeSpan At, string Machine, string Check, string Source, string Fact, string Contradiction) : TraceEvent(At, Machine);
