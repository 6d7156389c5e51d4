using System.Text.Encodings.Web;
using System.Text.Json;
using Raft.Simulation;

namespace Raft.Host.Commands;

/// <summary>What <c>raft simulate --json</c> prints.</summary>
internal static class SimulateJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one object on one line.</summary>
    public static void Write(TextWriter output, SimulationReport report, IReadOnlyList<SimulateFailure> failures) =>
        output.WriteLine(JsonSerializer.Serialize(
            new ReportJson(
                report.Seeds,
                report.Nodes,
                failures.Count,
                Math.Round(report.SimulatedTime.TotalSeconds, 3),
                Math.Round(report.WallTime.TotalSeconds, 3),
                report.Steps,
                report.Committed,
                report.Elections,
                report.Faults.ToDictionary(f => JsonNamingPolicy.CamelCase.ConvertName(f.Key.ToString()), f => f.Value),
                report.Checks,
                report.Operations,
                SimulateText.Hash(report.TraceHash),
                [.. failures.Select(Failure)]),
            Options));

    private static FailureJson Failure(SimulateFailure failure) => new(
        failure.Run.Seed,
        failure.Violation.Check,
        failure.Violation.Source,
        failure.Violation.Fact,
        failure.Violation.Contradiction,
        failure.Command,
        failure.Investigation?.Faults ?? [],
        failure.Page);

    private sealed record ReportJson(
        long Seeds,
        int Nodes,
        int Violations,
        double SimulatedSeconds,
        double WallSeconds,
        long Steps,
        long Committed,
        long Elections,
        IReadOnlyDictionary<string, long> Faults,
        IReadOnlyDictionary<string, long> Checks,
        long Operations,
        string TraceHash,
        IReadOnlyList<FailureJson> Failures);

    private sealed record FailureJson(
        long Seed,
        string Check,
        string Source,
        string Fact,
        string Contradiction,
        string Command,
        IReadOnlyList<string> Schedule,
        string? Page);
}
