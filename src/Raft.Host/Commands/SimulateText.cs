using System.Globalization;
using Raft.Host.Rendering;
using Raft.Simulation;
using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

namespace Raft.Host.Commands;

/// <summary>Formats the output of <c>raft simulate</c>.</summary>
internal static class SimulateText
{
    private static readonly string[] FaultHeadings = ["FAULT", "#INJECTED"];
    private static readonly string[] CheckHeadings = ["CHECK", "#EXAMINED"];

    /// <summary>Formats a trace hash.</summary>
    public static string Hash(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Writes the figures first and the failures last, where a reader looks first.</summary>
    public static void Write(
        TextWriter output, SimulatePlan plan, SimulationReport report, IReadOnlyList<SimulateFailure> failures)
    {
        output.WriteLine($"{Runs(plan, report)} of {Count(report.Nodes, "node")}: {Count(failures.Count, "violation")}");
        output.WriteLine();
        foreach (var (name, figure) in Figures(report)) output.WriteLine($"{name,-12}{figure}");
        output.WriteLine();
        if (report.Faults.Count > 0)
        {
            Terminal.WriteTable(
                output, FaultHeadings, report.Faults.Select(f => new TableRow(Tone.Plain, Words(f.Key), Number(f.Value))));
            output.WriteLine();
        }

        Terminal.WriteTable(output, CheckHeadings, report.Checks.Select(c => new TableRow(Tone.Plain, c.Key, Number(c.Value))));
        foreach (var failure in failures) Write(output, failure);
    }

    private static string Runs(SimulatePlan plan, SimulationReport report) => report.Seeds == plan.Seeds.Count
        ? Count(report.Seeds, "seed")
        : $"stopped after {Number(report.Seeds)} of {Count(plan.Seeds.Count, "seed")}";

    private static IEnumerable<(string Name, string Figure)> Figures(SimulationReport report)
    {
        var (simulated, wall) = (report.SimulatedTime.TotalSeconds, report.WallTime.TotalSeconds);
        yield return ("simulated", $"{Number(simulated)} s in {wall.ToString("#,0.0", CultureInfo.InvariantCulture)} s: "
            + $"{Number(wall > 0 ? simulated / wall : 0)} simulated seconds per second");
        yield return ("steps", Number(report.Steps));
        yield return ("elections", Number(report.Elections));
        yield return ("committed", $"{Number(report.Committed)} entries");
        yield return ("operations", $"{Number(report.Operations)} client requests");
        yield return ("trace hash", Hash(report.TraceHash));
    }

    private static void Write(TextWriter output, SimulateFailure failure)
    {
        output.WriteLine();
        output.WriteLine($"seed {failure.Run.Seed} violates: {failure.Violation.Check} ({failure.Violation.Source})");
        Write(output, "fact", failure.Violation);
        output.WriteLine($"  repeat: {failure.Command}");
        if (failure.Investigation is not { } found) return;
        output.WriteLine($"  shrunk to {Count(found.Nodes, "node")}, {Count(found.Faults.Count, "fault")} and "
            + $"{Count(found.Operations, "operation")}{(found.Faults.Count > 0 ? ":" : "")}");
        foreach (var fault in found.Faults) output.WriteLine($"    {fault}");
        if (found.Shrunken.Violation is { } violation && violation != failure.Violation) Write(output, "there", violation);
        if (failure.Page is { } page) output.WriteLine($"  page:   {page}");
    }

    private static void Write(TextWriter output, string label, Violation violation)
    {
        output.WriteLine($"  {label + ":",-8}{Indented(violation.Fact)}");
        output.WriteLine($"  but:    {Indented(violation.Contradiction)}");
    }

    /// <summary>Indents a fact of several lines, such as an exception with its stack trace.</summary>
    private static string Indented(string fact) =>
        string.Join("\n          ", fact.ReplaceLineEndings("\n").Split('\n').Select(Terminal.Printable));

    private static string Words(FaultKind kind) => string.Concat(
        kind.ToString().Select((c, i) =>
            char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
