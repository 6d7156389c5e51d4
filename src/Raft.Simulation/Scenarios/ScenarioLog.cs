using System.Globalization;
using System.Text;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Scenarios;

/// <summary>
/// Logs as the paper draws them: <c>1 1 4</c> is a log by its terms, <c>1 1:a 4:b</c> names commands as well. An entry
/// without a command stands for any entry of its term.
/// </summary>
internal static class ScenarioLog
{
    /// <summary>
    /// Creates the entries of a drawn log. An entry without a command gets one that names its index and term.
    /// </summary>
    public static IReadOnlyList<LogEntry> Entries(string drawn) =>
    [
        .. Parse(drawn).Select((e, i) => new LogEntry(
            new LogIndex(i + 1), e.Term, EntryKind.Command, Encoding.UTF8.GetBytes(e.Command ?? $"{i + 1}@{e.Term}"))),
    ];

    /// <summary>Whether a log matches the drawn one.</summary>
    public static bool Is(RaftLog log, string drawn)
    {
        var expected = Parse(drawn);
        return expected.Count == log.LastIndex.Value
            && expected.Index().All(e => IsEntry(log[new LogIndex(e.Index + 1)], e.Item));
    }

    /// <summary>Draws a log.</summary>
    public static string Draw(RaftLog log) =>
        log.LastIndex == LogIndex.Zero
            ? "empty"
            : string.Join(' ', log.Range(new LogIndex(1), log.LastIndex)
                .Select(e => e.Kind == EntryKind.Command ? $"{e.Term}:{Text(e)}" : $"{e.Term}"));

    private static bool IsEntry(LogEntry entry, (Term Term, string? Command) drawn) =>
        entry.Term == drawn.Term
        && (drawn.Command is null || (entry.Kind == EntryKind.Command && Text(entry) == drawn.Command));

    private static string Text(LogEntry entry) => Encoding.UTF8.GetString(entry.Command.Span);

    private static List<(Term Term, string? Command)> Parse(string drawn) =>
    [
        .. from entry in drawn.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           let parts = entry.Split(':', 2)
           select (new Term(long.Parse(parts[0], CultureInfo.InvariantCulture)), parts.Length == 2 ? parts[1] : null),
    ];
}
