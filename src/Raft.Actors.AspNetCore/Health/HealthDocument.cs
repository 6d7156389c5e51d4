using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Http;

namespace Raft.Actors.AspNetCore.Health;

/// <summary>The documentation of <see cref="HealthRoutes"/>.</summary>
internal static class HealthDocument
{
    private const string Tag = "Health";

    public static RouteDocument Live => new("getLiveness", Tag, "Check whether the node is alive")
    {
        Answer = "The node is running or starting. For a gateway: Akka.Remote is running.",
        Example = new HealthAnswer("live"),
        Problems = new Dictionary<int, string> { [503] = "The node has halted, or its process is dead. `detail` says why." },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new("Not live", "n1 is unavailable: the journal of raft-default-n1 is damaged at sequence number 7."),
        },
    };

    public static RouteDocument Ready => new("getReadiness", Tag, "Check whether the node is ready to serve requests")
    {
        Answer = "The node knows a leader and has applied all committed entries except at most the newest 10,000. For a "
            + "gateway: the group has a leader that responds.",
        Example = new HealthAnswer("ready"),
        Problems = new Dictionary<int, string> { [503] = "The node is not ready. `detail` lists every reason." },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new(
                "Not ready",
                "n1 knows no leader in term 7. 1 of 3 members take part, and 2 are needed: n2 does not answer, n3 does not "
                + "answer."),
        },
    };
}
