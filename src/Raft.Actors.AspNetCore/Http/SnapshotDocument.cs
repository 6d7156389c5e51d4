using Raft.Actors.AspNetCore.Answers;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of <see cref="SnapshotRoutes"/>.</summary>
internal static class SnapshotDocument
{
    public static RouteDocument Take => new("takeSnapshot", "Snapshots", "Take a snapshot of a node's state")
    {
        Description = "The node writes its state to its journal and drops the entries that the snapshot covers, except the "
            + "newest ones. Nodes also take snapshots automatically, each for itself. Responds once the snapshot is on disk.",
        Parameters = [InspectionDocument.Node],
        JsonBody = ApiDocument.EmptyObject(),
        Answer = "The newest snapshot of the node. If nothing was committed since, it is the existing one.",
        Example = new SnapshotAnswer("n1", Index: 120_431, Bytes: 8_388_608),
        Problems = new Dictionary<int, string>
        {
            [400] = "A parameter is invalid. Nothing was done.",
            [404] = "The address of the node that `node` names is unknown.",
            [415] = ApiDocument.NotJson,
            [503] = "The node took no snapshot: it is unavailable or does not respond, there is no leader, nothing is "
                + "committed yet, or its state machine failed to write one. `detail` says why.",
        },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new("No snapshot", "n1 knows of nothing that is committed yet; try again when it has heard a leader."),
        },
    };
}
