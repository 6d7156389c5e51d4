using System.ComponentModel;
using Raft.Actors.Monitoring;

namespace Raft.Host.Answers;

/// <summary>The event <c>cluster</c>: what <c>/api/cluster</c> answers, and what happened before.</summary>
internal sealed record ClusterEventAnswer(
    [property: Description("The node that answers; null where it is a gateway.")] string? SeenFrom,
    IReadOnlyList<ClusterNodeAnswer> Nodes,
    [property: Description("The samples of the last five minutes, the oldest first.")] IReadOnlyList<SampleAnswer> History,
    [property: Description("The last transitions, the oldest first.")] IReadOnlyList<TransitionAnswer> Events)
{
    public static ClusterEventAnswer Of(string? seenFrom, GroupView seen) => new(
        seenFrom,
        [.. seen.Nodes.Select(ClusterNodeAnswer.Of)],
        [.. seen.Samples.Select(SampleAnswer.Of)],
        [.. seen.Transitions.Select(TransitionAnswer.Of)]);
}

/// <summary>The event <c>transition</c>: something happened to a node.</summary>
internal sealed record TransitionAnswer(
    DateTimeOffset At,
    string NodeId,
    [property: Description("`role`, `leader`, `members`, `reachable`, `unreachable`, `down` or `halted`.")] string Kind,
    [property: Description("The node's term; null where it did not say.")] long? Term,
    [property: Description("`follower`, `candidate` or `leader`; null where the node did not say.")] string? Role,
    [property: Description("The leader of that term; null where none is known.")] string? LeaderId,
    [property: Description("What happened, as a sentence.")] string Text)
{
    public static TransitionAnswer Of(NodeTransition transition) => new(
        transition.At,
        transition.NodeId.Value,
        transition.Kind.ToString().ToLowerInvariant(),
        transition.Term?.Value,
        transition.Role?.ToString().ToLowerInvariant(),
        transition.LeaderId?.Value,
        transition.Text);
}

/// <summary>The event <c>sample</c>: what the group did in a second, measured by its leader.</summary>
internal sealed record SampleAnswer(
    DateTimeOffset At,
    [property: Description("Writes committed per second; null where nobody leads.")] double? WritesPerSecond,
    [property: Description("Half of them were committed within this time; null where none was.")] double? CommitP50Ms,
    [property: Description("99 of a hundred were committed within this time; null where none was.")] double? CommitP99Ms)
{
    public static SampleAnswer Of(ActivitySample sample) => new(
        sample.At, Rounded(sample.WritesPerSecond, 1), Milliseconds(sample.CommitP50), Milliseconds(sample.CommitP99));

    private static double? Milliseconds(TimeSpan? time) => Rounded(time?.TotalMilliseconds, 3);

    private static double? Rounded(double? number, int digits) => number is { } n ? Math.Round(n, digits) : null;
}
