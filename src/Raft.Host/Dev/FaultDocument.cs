using Raft.Host.Http;

namespace Raft.Host.Dev;

/// <summary>The document of <see cref="FaultRoutes"/>.</summary>
internal static class FaultDocument
{
    private const string Tag = "Faults of raft dev";
    private const string NoNode = "There is no node of that name.";
    private const string Refused = "It makes no sense now; the detail says what to do first. Nothing was changed.";

    public static RouteDocument List => new("getFaults", Tag, "What was done to the cluster")
    {
        Answer = "The state of each node, and the links that are cut.",
        Example = new FaultsAnswer([new("n1", "running"), new("n2", "paused"), new("n3", "crashed")], [new("n1", "n2")]),
    };

    public static RouteDocument HealAll => new("healAllFaults", Tag, "End all faults")
    {
        Description = "Paused nodes go on, crashed ones are started again, links are healed.",
        Answer = "It was done.",
        Problems = new Dictionary<int, string> { [409] = "A node can't be started again; the detail says why." },
    };

    public static RouteDocument Pause => OfNode(
        "pauseNode", "Make a node stand still", "It does nothing and keeps its memory, as a process after SIGSTOP. Its peers notice silence.");

    public static RouteDocument Resume => OfNode(
        "resumeNode", "Let a paused node go on", "It finds its timers overdue and its peers' messages waiting.");

    public static RouteDocument Crash => OfNode(
        "crashNode",
        "Crash a node",
        "It ends without handing over or leaving, as a process after SIGKILL; what is in its journal stays.") with
    {
        Problems = new Dictionary<int, string> { [404] = NoNode, [415] = ApiDocument.NotJson },
    };

    public static RouteDocument Restart => OfNode(
        "restartNode", "Start a crashed node again", "With the same name, port and data.");

    public static RouteDocument Cut => OfLink(
        "cutLink", "Cut the link between two nodes", "In both directions: nothing that one sends reaches the other.");

    public static RouteDocument Heal => OfLink("healLink", "Heal a link that was cut", "Messages get through again.");

    private static RouteDocument OfNode(string id, string summary, string description) => new(id, Tag, summary)
    {
        Description = description,
        Parameters = [ApiDocument.Path("id", "The node, such as `n2`.", "n2")],
        JsonBody = ApiDocument.EmptyObject(),
        Answer = "It was done, or was so before.",
        Problems = new Dictionary<int, string> { [404] = NoNode, [409] = Refused, [415] = ApiDocument.NotJson },
    };

    private static RouteDocument OfLink(string id, string summary, string description) => new(id, Tag, summary)
    {
        Description = description,
        Parameters = [ApiDocument.Path("a", "A node, such as `n1`.", "n1"), ApiDocument.Path("b", "Another node, such as `n2`.", "n2")],
        Answer = "It was done, or was so before.",
        Problems = new Dictionary<int, string> { [404] = NoNode, [409] = Refused },
    };
}
