using Raft.Actors.AspNetCore.Http;


namespace Raft.Host.Dev;

/// <summary>The documentation of <see cref="FaultRoutes"/>.</summary>
internal static class FaultDocument
{
    private const string Tag = "Faults of raft dev";
    private const string NoNode = "The node does not exist.";
    private const string Refused = "The fault is not possible now. `detail` says what to do first. Nothing was changed.";

    public static RouteDocument List => new("getFaults", Tag, "Get the current faults")
    {
        Answer = "The state of each node, and the cut links.",
        Example = new FaultsAnswer([new("n1", "running"), new("n2", "paused"), new("n3", "crashed")], [new("n1", "n2")]),
    };

    public static RouteDocument HealAll => new("healAllFaults", Tag, "Heal all faults")
    {
        Description = "Resumes paused nodes, restarts crashed nodes, and heals links.",
        Answer = "All faults are healed.",
        Problems = new Dictionary<int, string> { [409] = "A node failed to restart. `detail` says why." },
    };

    public static RouteDocument Pause => OfNode(
        "pauseNode", "Pause a node", "The node stops and keeps its memory, like a process after SIGSTOP. Its peers stop "
        + "hearing from it.");

    public static RouteDocument Resume => OfNode(
        "resumeNode", "Resume a paused node", "The node finds its timers expired and messages of its peers waiting.");

    public static RouteDocument Crash => OfNode(
        "crashNode",
        "Crash a node",
        "The node ends without transferring leadership or leaving, like a process after SIGKILL. Its journal is kept.") with
    {
        Problems = new Dictionary<int, string> { [404] = NoNode, [415] = ApiDocument.NotJson },
    };

    public static RouteDocument Restart => OfNode(
        "restartNode", "Restart a crashed node", "The node keeps its id, port and data.");

    public static RouteDocument Cut => OfLink(
        "cutLink", "Cut the link between two nodes", "The cut affects both directions: nothing that one node sends reaches the "
        + "other.");

    public static RouteDocument Heal => OfLink("healLink", "Heal a cut link", "Messages are delivered again.");

    private static RouteDocument OfNode(string id, string summary, string description) => new(id, Tag, summary)
    {
        Description = description,
        Parameters = [ApiDocument.Path("id", "The node, such as `n2`.", "n2")],
        JsonBody = ApiDocument.EmptyObject(),
        Answer = "The fault is in effect, now or already before.",
        Problems = new Dictionary<int, string> { [404] = NoNode, [409] = Refused, [415] = ApiDocument.NotJson },
    };

    private static RouteDocument OfLink(string id, string summary, string description) => new(id, Tag, summary)
    {
        Description = description,
        Parameters =
        [
            ApiDocument.Path("a", "A node, such as `n1`.", "n1"),
            ApiDocument.Path("b", "Another node, such as `n2`.", "n2"),
        ],
        Answer = "The link is in the requested state, now or already before.",
        Problems = new Dictionary<int, string> { [404] = NoNode, [409] = Refused },
    };
}
