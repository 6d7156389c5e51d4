using Raft.Host.Answers;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft doctor</c>: one line per finding, with advice below it.</summary>
internal static class DoctorText
{
    private const int SeverityWidth = 9;
    private const int SubjectWidth = 15;

    /// <summary>Writes the findings.</summary>
    public static void Write(TextWriter output, DoctorAnswer doctor)
    {
        output.WriteLine(doctor.SeenFrom is { } node ? $"As seen from {node}:" : "As seen from a gateway:");
        foreach (var finding in doctor.Findings)
        {
            var text = $"{finding.Severity.PadRight(SeverityWidth)}{finding.Subject.PadRight(SubjectWidth)}{finding.What}";
            Terminal.WriteLine(output, Terminal.Printable(text), ToneOf(finding.Severity));
            if (finding.Severity != "ok" && finding.Advice is { } advice)
                output.WriteLine($"{new string(' ', SeverityWidth + SubjectWidth)}→ {Terminal.Printable(advice)}");
        }

        output.WriteLine();
        Terminal.WriteLine(output, Summary(doctor.Findings), ToneOf(doctor.Severity));
    }

    private static string Summary(IReadOnlyList<FindingAnswer> findings)
    {
        var problems = findings.Count(f => f.Severity == "problem");
        var warnings = findings.Count(f => f.Severity == "warning");
        return problems + warnings == 0
            ? "Nothing is wrong."
            : $"{Count(problems, "problem")}, {Count(warnings, "warning")}.";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static Tone ToneOf(string severity) => severity switch
    {
        "problem" => Tone.Bad,
        "warning" => Tone.Warning,
        "ok" => Tone.Good,
        _ => Tone.Plain,
    };
}
