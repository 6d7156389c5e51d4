using System.Globalization;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Watch;

/// <summary>A line on the screen.</summary>
/// <param name="Text">The text, not longer than the screen is wide.</param>
/// <param name="Tone">The meaning of the line.</param>
internal sealed record WatchLine(string Text, Tone Tone = Tone.Plain);

/// <summary>Draws the state as lines for a screen of any size.</summary>
internal static class WatchFrame
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const int LongestBar = 6;
    private const long MuchBehind = 1000;

    /// <summary>Draws a frame.</summary>
    /// <param name="state">The state to draw.</param>
    /// <param name="width">The width of the screen in characters.</param>
    /// <param name="height">The maximum number of lines.</param>
    public static IReadOnlyList<WatchLine> Draw(WatchState state, int width, int height)
    {
        var lines = new List<WatchLine> { Title(state, width) };
        lines.Add(Summary(state));
        lines.Add(new WatchLine(""));
        lines.Add(new WatchLine($"{"NODE",-9}{"ROLE",-12}{"TERM",6}{"COMMIT",11}{"APPLIED",11}{"LAST",11}{"BEHIND",9} "));
        lines.AddRange(state.Nodes.Select(n => Node(n, state.Leader)));
        lines.Add(new WatchLine(""));
        lines.Add(Writes(state, width));
        lines.Add(new WatchLine(""));
        var room = Math.Max(0, height - lines.Count - 1);
        lines.AddRange(state.Transitions.Skip(state.Transitions.Count - room).Reverse().Select(Transition));
        var fitting = lines.Take(Math.Max(1, height - 1)).Append(new WatchLine("q quits", Tone.Faint));
        return [.. fitting.Select(l => l with { Text = Cut(Terminal.Printable(l.Text), width) })];
    }

    private static WatchLine Title(WatchState state, int width)
    {
        var known = state.Nodes.Select(n => n.Status).OfType<StatusAnswer>().FirstOrDefault();
        var name = known is null ? "raft" : $"raft  group {known.GroupId}  cluster {known.ClusterId}";
        return state.Trouble is { } trouble
            ? new WatchLine($"{name}  {trouble}", Tone.Bad)
            : new WatchLine(name + state.Source.PadLeft(Math.Max(0, width - name.Length)), Tone.Faint);
    }

    private static WatchLine Summary(WatchState state)
    {
        if (state.Leader is not { } leader) return new WatchLine(
            "There is no leader. Run raft doctor to find out why.", Tone.Bad);
        var sample = state.Samples is [.., var last] ? last : null;
        return new WatchLine(
            $"{leader.NodeId} leads in term {leader.Term}   {Rate(sample?.WritesPerSecond)} writes/s   p50 "
            + $"{Time(sample?.CommitP50Ms)}   p99 {Time(sample?.CommitP99Ms)}",
            Tone.Good);
    }

    private static WatchLine Node(ClusterNodeAnswer node, StatusAnswer? leader)
    {
        var isLeader = node.NodeId == leader?.NodeId;
        var name = Cut(isLeader ? $"{node.NodeId} *" : node.NodeId, 8);
        if (node.Status is not { } status)
            return new WatchLine($"{name,-9}{(node.Reachable ? $"unavailable: {node.Problem}" : "unreachable")}", Tone.Bad);
        var behind = leader is null ? 0 : Math.Max(0, leader.LastLogIndex - status.LastLogIndex);
        var tone = isLeader ? Tone.Good : behind >= MuchBehind || status.Role == "candidate" ? Tone.Warning : Tone.Plain;
        return new WatchLine(
            $"{name,-9}{status.Role,-12}{status.Term,6}{status.CommitIndex,11}{status.LastApplied,11}{status.LastLogIndex,11}"
            + $"{behind,9} {Bar(behind)}",
            tone);
    }

    /// <summary>Draws one block per digit of the lag, so that both a lag of ten and a lag of ten thousand are visible.</summary>
    private static string Bar(long behind) =>
        behind == 0 ? "" : new string('█', Math.Min(LongestBar, Readable.Number(behind).Length));

    private static WatchLine Writes(WatchState state, int width)
    {
        const string Name = "WRITES/S ";
        var rates = state.Samples.Select(s => s.WritesPerSecond ?? 0).TakeLast(Math.Max(0, width - Name.Length)).ToArray();
        var highest = rates.DefaultIfEmpty().Max();
        return new WatchLine(Name + string.Concat(rates.Select(r => Levels[Level(r, highest)])));
    }

    private static int Level(double rate, double highest) =>
        highest <= 0 ? 0 : (int)Math.Round(rate / highest * (Levels.Length - 1));

    private static WatchLine Transition(TransitionAnswer transition) => new(
        $"{transition.At.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {transition.Text}",
        transition.Kind switch
        {
            "unreachable" or "down" or "halted" => Tone.Bad,
            _ when transition.Role == "leader" => Tone.Good,
            _ => Tone.Plain,
        });

    private static string Rate(double? rate) => rate is { } r ? r.ToString("#,0", CultureInfo.InvariantCulture) : "–";

    private static string Time(double? ms) => ms is { } time ? Readable.Duration(TimeSpan.FromMilliseconds(time)) : "–";

    private static string Cut(string text, int width) =>
        text.Length <= width ? text : width < 2 ? text[..Math.Max(0, width)] : $"{text[..(width - 1)]}…";
}
