using Raft.Host.Answers;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="SnapshotRoutes"/>.</summary>
internal static class SnapshotDocument
{
    public static RouteDocument Take => new("takeSnapshot", "Snapshots", "Make a node take a snapshot of its state")
    {
        Description = "The node writes its state to its journal and drops the entries that it replaces, but for the newest ones. "
            + "Nodes do so by themselves, too, and each for itself. Answers when the snapshot is on disk.",
        Parameters = [InspectionDocument.Node],
        JsonBody = ApiDocument.EmptyObject(),
        Answer = "The node's newest snapshot; one that was there already, where nothing was committed since.",
        Example = new SnapshotAnswer("n1", Index: 120_431, Bytes: 8_388_608),
        Problems = new Dictionary<int, string>
        {
            [400] = "A parameter is not valid; nothing was done.",
            [404] = "No address is known of the node that `node` names.",
            [415] = ApiDocument.NotJson,
            [503] = "The node took no snapshot: it is down or does not answer, there is no leader, nothing is committed yet, or its "
                + "state machine could not write one; the detail says why.",
        },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new("No snapshot", "n1 knows of nothing that is committed yet; try again when it has heard a leader."),
        },
    };
}
