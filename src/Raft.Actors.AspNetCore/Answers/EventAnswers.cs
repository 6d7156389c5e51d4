using System.ComponentModel;
using Raft.Actors.Monitoring;

namespace Raft.Actors.AspNetCore.Answers;

/// <summary>The event <c>cluster</c>: the response of <c>/api/cluster</c> and what happened before.</summary>
internal sealed record ClusterEventAnswer(
    [property: Description("The node that responds; null for a gateway.")] string? SeenFrom,
    IReadOnlyList<ClusterNodeAnswer> Nodes,
    [property: Description("The samples of the last five minutes, oldest first.")] IReadOnlyList<SampleAnswer> History,
    [property: Description("The last transitions, oldest first.")] IReadOnlyList<TransitionAnswer> Events)
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
    [property: Description("The node's term; null if unknown.")] long? Term,
    [property: Description("`follower`, `candidate` or `leader`; null if unknown.")] string? Role,
    [property: Description("The leader of that term; null if none is known.")] string? LeaderId,
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

/// <summary>The event <c>sample</c>: the activity of the group within a second, measured by its leader.</summary>
internal sealed record SampleAnswer(
    DateTimeOffset At,
    [property: Description("Writes committed per second; null if there is no leader.")] double? WritesPerSecond,
    [property: Description("The median commit latency in ms; null if nothing was committed.")] double? CommitP50Ms,
    [property: Description(
        "The 99th percentile of the commit latency in ms; null if nothing was committed.")] double? CommitP99Ms)
{
    public static SampleAnswer Of(ActivitySample sample) => new(
        sample.At, Rounded(sample.WritesPerSecond, 1), Milliseconds(sample.CommitP50), Milliseconds(sample.CommitP99));

    private static double? Milliseconds(TimeSpan? time) => Rounded(time?.TotalMilliseconds, 3);

    private static double? Rounded(double? number, int digits) => number is { } n ? Math.Round(n, digits) : null;
}
