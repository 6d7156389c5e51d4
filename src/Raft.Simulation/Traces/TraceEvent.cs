using Raft.Actors.Protocol;

namespace Raft.Simulation.Traces;

/// <summary>An event of a run, in a form for people.</summary>
/// <param name="At">Virtual time since the start of the run.</param>
/// <param name="Machine">
/// The machine: a node such as <c>n1</c>, a client such as <c>c1</c>, or empty if it concerns all.
/// </param>
internal abstract record TraceEvent(TimeSpan At, string Machine);

/// <summary>What happened to a message.</summary>
internal enum MessageFate
{
    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>The network lost it, or the run ended before it arrived.</summary>
    Lost,

    /// <summary>The link was cut by a partition.</summary>
    Cut,

    /// <summary>It arrived while the receiver was down.</summary>
    ReceiverDown,
}

/// <summary>A message between two machines. It is in the trace at the time it was sent.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Machine">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Kind">Its type, for example <c>AppendEntries</c>.</param>
/// <param name="Detail">Its content in one line, for example <c>term 3, after 4/2, 2 entries, commit 4</c>.</param>
/// <param name="Arrival">When it arrived or was due to arrive; null if it was never sent.</param>
/// <param name="Fate">What happened to it.</param>
internal sealed record MessageTraveled(
    TimeSpan At, string Machine, string To, string Kind, string Detail, TimeSpan? Arrival, MessageFate Fate)
    : TraceEvent(At, Machine);

/// <summary>A node's state changed. The event contains the whole state.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The node.</param>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="VotedFor">Its vote in that term.</param>
/// <param name="Leader">The leader that it knows.</param>
/// <param name="CommitIndex">Its commit index.</param>
/// <param name="LastApplied">The last applied index.</param>
/// <param name="DurableIndex">The last index on its disk.</param>
/// <param name="KeptUpTo">
/// The entries up to this index are those of the previous event; the following ones are <paramref name="Appended"/>.
/// </param>
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

/// <summary>A machine went down (crash, disk failure, stop) or came up again.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The node.</param>
/// <param name="IsUp">Whether it is running from now on.</param>
/// <param name="Why">A description.</param>
internal sealed record MachineUpOrDown(TimeSpan At, string Machine, bool IsUp, string Why) : TraceEvent(At, Machine);

/// <summary>A fault with a duration: a partition, a pause, a stalled disk, a slow link …</summary>
/// <param name="At">When it began.</param>
/// <param name="Machine">The affected machine; empty if it is between machines.</param>
/// <param name="Kind">Its kind, for example <c>partition</c> or <c>pause</c>.</param>
/// <param name="Text">A description, for example <c>n1, n2 | n3, n4, n5</c>.</param>
/// <param name="Until">When it ended.</param>
/// <param name="CutLinks">The links that it cuts, as pairs of sender and receiver; empty if it cuts none.</param>
internal sealed record FaultLasted(
    TimeSpan At, string Machine, string Kind, string Text, TimeSpan Until, IReadOnlyList<(string From, string To)> CutLinks)
    : TraceEvent(At, Machine);

/// <summary>Something to mark on the machine's line, for example a failed write.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Text">A description.</param>
internal sealed record Noted(TimeSpan At, string Machine, string Text) : TraceEvent(At, Machine);

/// <summary>A client's operation, from its call to its end.</summary>
/// <param name="At">When it was called.</param>
/// <param name="Machine">The client.</param>
/// <param name="Call">The request, for example <c>put k1 = 17</c>.</param>
/// <param name="Outcome">The outcome, for example <c>done, revision 12</c> or <c>unknown</c>.</param>
/// <param name="Until">When it ended; null if it did not.</param>
internal sealed record OperationLasted(TimeSpan At, string Machine, string Call, string Outcome, TimeSpan? Until)
    : TraceEvent(At, Machine);

/// <summary>The time at which a property was violated.</summary>
/// <param name="At">When.</param>
/// <param name="Machine">The machine on which it was observed; empty if it concerns several.</param>
/// <param name="Check">The property's name.</param>
/// <param name="Source">The source of the property.</param>
/// <param name="Fact">The first fact.</param>
/// <param name="Contradiction">The second fact.</param>
internal sealed record PropertyViolated(
    TimeSpan At, string Machine, string Check, string Source, string Fact, string Contradiction) : TraceEvent(At, Machine);
