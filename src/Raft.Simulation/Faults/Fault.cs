using System.Globalization;

namespace Raft.Simulation.Faults;

/// <summary>A fault of a run.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="At">When it starts, in virtual time.</param>
/// <param name="Duration">How long it lasts.</param>
/// <param name="Nodes">
/// The affected nodes: the first group of a partition; the shared node of a bridge, followed by its first group; the two ends
/// of a slow link; the node that is asked for a transfer, followed by its target. Empty if all nodes are affected.
/// </param>
/// <param name="Strength">The severity: a probability, milliseconds, steps, or a clock's rate, depending on the kind.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan Duration, IReadOnlyList<int> Nodes, double Strength)
{
    /// <summary>When it ends.</summary>
    public TimeSpan End => At + Duration;

    /// <summary>Describes the fault, for example <c>12.400 s to 14.100 s: partition of n1, n3</c>.</summary>
    public override string ToString()
    {
        if (Kind == FaultKind.LeadershipTransfer) return $"{Seconds(At)}: leadership transfer requested from {Transfer()}";
        var nodes = Nodes.Count == 0 ? "" : $" of {string.Join(", ", Nodes.Select(Node))}";
        return $"{Seconds(At)} to {Seconds(End)}: {Name(Kind)}{nodes}{Measure()}";
    }

    private string Transfer() => Node(Nodes[0]) + (Nodes.Count > 1 ? $", to {Node(Nodes[1])}" : ", to any node");

    private static string Node(int number) => $"n{number + 1}";

    /// <summary>Turns <c>FailingWrites</c> into <c>failing writes</c>.</summary>
    private static string Name(FaultKind kind) =>
        string.Concat(kind.ToString().Select((c, i) =>
            i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private string Measure() => Kind switch
    {
        FaultKind.Loss or FaultKind.Duplication or FaultKind.Delay or FaultKind.Reordering
            or FaultKind.FailingWrites or FaultKind.RejectedWrites or FaultKind.FalseFailures
            => Text($", {100 * Strength:0} %"),
        FaultKind.SlowLink or FaultKind.SlowDisk or FaultKind.Flapping => Text($", {Strength:0} ms"),
        FaultKind.Crash => Text($", after {Strength:0} steps"),
        FaultKind.ClockDrift => Text($", at {Strength:0.000} times true time"),
        FaultKind.ClockJump => Text($", by {Strength / 3_600_000:0.0} h"),
        _ => "",
    };

    private static string Seconds(TimeSpan time) => Text($"{time.TotalSeconds:0.000} s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
