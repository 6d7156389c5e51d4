using System.Globalization;
using System.Text.Json;
using Raft.Faults.Rounds;
using Raft.Host.Rendering;

namespace Raft.Faults.Report;

/// <summary>The table of all faults.</summary>
/// <param name="rows">Its rows.</param>
internal sealed class FaultReport(IReadOnlyList<Row> rows)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly string[] Headings =
    [
        "fault", "#times", "#writes", "#lost", "#stale", "#wrong", "#outage median", "#worst ms", "#all serve ms",
        "#needless elections", "",
    ];

    /// <summary>Writes the table for people.</summary>
    public void WriteText(TextWriter output)
    {
        Terminal.WriteTable(output, Headings, rows.Select(row => new TableRow(Tone.Plain, CellsOf(row))));
        foreach (var row in rows)
        {
            foreach (var sentence in row.Failures.Concat(row.Rounds.SelectMany(round => round.Verdict.Evidence)))
                output.WriteLine(sentence);
        }
    }

    /// <summary>Writes one JSON object for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Rows = rows.Select(row => new
            {
                Fault = row.Fault.Name,
                row.Skipped,
                Times = row.Rounds.Count,
                Failed = row.Failures.Count,
                Late = row.Rounds.Count(round => round.IsLate),
                Writes = row.Rounds.Sum(round => round.Writes),
                LostWrites = row.Rounds.Sum(round => round.LostWrites),
                StaleReads = row.Rounds.Sum(round => round.Verdict.StaleReads),
                Wrong = row.Rounds.Sum(round => round.Verdict.Wrong),
                OutageMs = row.Rounds.Select(round => Math.Round(round.Outage.TotalMilliseconds)),
                ServesAfterMs = row.Rounds.Select(round => Math.Round(round.ServesAfter.TotalMilliseconds)),
                NeedlessElections = row.Rounds.Sum(round => round.NeedlessElections),
            }),
        },
        Web);

    private static string[] CellsOf(Row row)
    {
        if (row.Skipped is { } reason)
            return [row.Fault.Name, .. Enumerable.Repeat("", Headings.Length - 2), $"skipped: {reason}"];
        var outages = row.Rounds.Select(round => round.Outage).Order().ToArray();
        return
        [
            row.Fault.Name,
            Number(row.Rounds.Count),
            Number(row.Rounds.Sum(round => round.Writes)),
            Number(row.Rounds.Sum(round => round.LostWrites)),
            Number(row.Rounds.Sum(round => round.Verdict.StaleReads)),
            Number(row.Rounds.Sum(round => round.Verdict.Wrong)),
            Milliseconds(outages.Length == 0 ? null : outages[outages.Length / 2]),
            Milliseconds(outages.Length == 0 ? null : outages[^1]),
            Milliseconds(outages.Length == 0 ? null : row.Rounds.Max(round => round.ServesAfter)),
            Number(row.Rounds.Sum(round => round.NeedlessElections)),
            Complaint(row),
        ];
    }

    private static string Complaint(Row row)
    {
        var late = row.Rounds.Count(round => round.IsLate);
        return string.Join(
            ", ",
            new[]
            {
                late == 0 ? "" : $"{late} served later than after {row.Fault.ServesWithin.TotalSeconds} s",
                row.Failures.Count == 0 ? "" : $"{row.Failures.Count} failed",
            }.Where(complaint => complaint.Length > 0));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan? time) =>
        time is { } t ? Math.Round(t.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : "-";
}
