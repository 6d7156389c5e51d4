using Raft.Actors.Inspection;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="OperatorRoutes"/>.</summary>
internal static class OperatorDocument
{
    private const string Tag = "Inspection";

    public static RouteDocument Members => new("getMembers", Tag, "Who is a member, and who else is there")
    {
        Description = "The members of the Raft group with how far each is behind, nodes that are no members, and the other processes "
            + "of the Akka cluster.",
        Answer = "Every node and process that is known here.",
        Example = new MembersAnswer(
            "n1",
            "n1",
            [
                new MemberViewAnswer(
                    "n1", Member: true, "10.0.0.1:4053", Reachable: true, "leader", 3, 12, 0, 0, null, Up("10.0.0.1:4053", "raft")),
                new MemberViewAnswer(
                    "n2", Member: true, "10.0.0.2:4053", Reachable: false, null, null, null, null, 8200, null, Up("10.0.0.2:4053", "raft")),
            ],
            [Up("10.0.0.9:4053", "lighthouse")]),
    };

    public static RouteDocument Actors => new("getActors", Tag, "A process's live tree of actors")
    {
        Description = "Types and mailbox sizes, read without asking or holding up any actor.",
        Parameters =
        [
            ApiDocument.Query(
                "node", "The node whose process is asked. Without it: the process that takes the request.", ApiDocument.Text(), "n1"),
            ApiDocument.Query(
                "under", "Path of the actor to begin at, such as `/user`. Without it: all.", ApiDocument.Text(), "/user"),
            ApiDocument.Query(
                "depth",
                "Levels below that actor, at the most.",
                InspectionDocument.Number(0, ActorTreeReader.MaxDepth, ActorTreeReader.MaxDepth)),
            ApiDocument.Query(
                "limit",
                "Actors in the answer, at the most.",
                InspectionDocument.Number(1, ActorTreeReader.MaxActors, ApiLimits.DefaultActors)),
        ],
        Answer = "The actors, each before its children.",
        Example = new ActorsAnswer(
            "akka.tcp://raft@10.0.0.1:4053",
            [
                new ActorAnswer("/user/raft-default", "RaftNodeSupervisor", 0, 1),
                new ActorAnswer("/user/raft-default/node", "RaftNode", 2, 1),
            ],
            Cut: false),
        Problems = new Dictionary<int, string>
        {
            [400] = "A parameter is not valid.",
            [404] = "No address is known of the node that `node` names, or there is no actor at `under`.",
            [503] = "The node's process does not answer.",
        },
    };

    public static RouteDocument Doctor => new("getDoctor", Tag, "What is wrong with the cluster, and what to do")
    {
        Description = "Examines every node that answers: configuration, clocks, disks, connectivity, versions. It takes a few seconds "
            + "where nodes are down, writes a few blocks to a file of its own in each data folder, and changes nothing.",
        Answer = "Findings, the worst first, and what they rest on.",
        Example = new DoctorAnswer(
            "n1",
            "warning",
            [
                new FindingAnswer(
                    "warning", "members", "n2", "n2 does not answer n1 at 10.0.0.2:4053.", "Is its process up? Its log says why it ended."),
                new FindingAnswer("ok", "leader", "n1", "n1 leads term 3.", null),
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

    private static AkkaMemberAnswer Up(string address, string role) => new(address, "up", [role], Reachable: true);
}
