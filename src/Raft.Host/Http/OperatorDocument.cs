using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Inspection;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The documentation of <see cref="OperatorRoutes"/>.</summary>
internal static class OperatorDocument
{
    private const string Tag = "Inspection";

    public static RouteDocument Actors => new("getActors", Tag, "Get the live actor tree of a process")
    {
        Description = "Types and mailbox sizes, read without sending a message to any actor.",
        Parameters =
        [
            ApiDocument.Query(
                "node",
                "The node whose process to inspect. Default: the process that receives the request.",
                ApiDocument.Text(),
                "n1"),
            ApiDocument.Query(
                "under",
                "Path of the actor at the root of the tree, such as `/user`. Default: all actors.",
                ApiDocument.Text(),
                "/user"),
            ApiDocument.Query(
                "depth",
                "Maximum number of levels below that actor.",
                InspectionDocument.Number(0, ActorTreeReader.MaxDepth, ActorTreeReader.MaxDepth)),
            ApiDocument.Query(
                "limit",
                "Maximum number of actors.",
                InspectionDocument.Number(1, ActorTreeReader.MaxActors, ServerLimits.DefaultActors)),
        ],
        Answer = "The actors, parents before children.",
        Example = new ActorsAnswer(
            "akka.tcp://raft@10.0.0.1:4053",
            [
                new ActorAnswer("/user/raft-default", "RaftNodeSupervisor", 0, 1),
                new ActorAnswer("/user/raft-default/node", "RaftNode", 2, 1),
            ],
            Cut: false),
        Problems = new Dictionary<int, string>
        {
            [400] = "A parameter is invalid.",
            [404] = "The address of the node that `node` names is unknown, or there is no actor at `under`.",
            [503] = "The process of the node does not respond.",
        },
    };

    public static RouteDocument Doctor => new("getDoctor", Tag, "Diagnose the cluster")
    {
        Description = "Runs diagnostics on every node that responds: configuration, clocks, disks, connectivity, versions. It "
            + "takes a few seconds if nodes are down, writes a few blocks to a temporary file in each data folder, and changes "
            + "nothing else.",
        Answer = "The findings, worst first, and the data behind them.",
        Example = new DoctorAnswer(
            "n1",
            "warning",
            [
                new FindingAnswer(
                    "warning", "members", "n2", "n2 at 10.0.0.2:4053 does not respond to n1.", "Check that its process is "
                    + "running; its log says why it stopped. See also the findings on connectivity."),
                new FindingAnswer("ok", "leader", "n1", "n1 is the leader in term 3.", null),
            ],
            [
                new DiagnosticsAnswer(
                    "n1",
                    new Dictionary<string, string> { ["raft.pre-vote"] = "on" },
                    new Dictionary<string, string> { ["Akka.NET"] = "1.5.74" },
                    [new PeerAnswer("n2", null, null, 8200)],
                    new DiskAnswer("/data", 1L << 38, 1L << 39, 1 << 20, "wal, synchronous 2", [310, 290, 305, 420, 300], null)),
            ]),
    };
}
