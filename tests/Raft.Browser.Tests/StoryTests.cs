using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;

namespace Raft.Browser.Tests;

/// <summary>How the page shows an answer that a cluster for experiments never gives.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class StoryTests(Dashboard dashboard)
{
    private const string ThreeNodes = """
        async () => {
            const { Cluster, conditionOf } = await import("./page/js/cluster.js");
            const { storyOf } = await import("./page/js/story.js");
            const members = ["n1", "n2", "n3"].map(nodeId => ({ nodeId }));
            const node = (nodeId, more) => ({
                nodeId, reachable: true,
                status: { nodeId, term: 2, leaderId: "n1", members, commitIndex: 9, lastLogIndex: 9, followers: [], ...more },
            });
            const cluster = new Cluster();
            cluster.takeAll({ seenFrom: "n1", nodes: [
                node("n1", {
                    role: "leader",
                    followers: ["n2", "n3"].map(nodeId => ({ nodeId, reached: true, stalledSeconds: 0 })),
                }),
                node("n2", { role: "follower" }),
                node("n3", { role: "follower", awaitsReadmission: true }),
            ] });
            const { headline, remarks } = storyOf(cluster);
            return [headline, ...remarks, conditionOf(cluster, cluster.nodes[2]).word];
        }
        """;

    [BrowserFact]
    public async Task A_node_that_lost_its_journal_does_not_count_until_the_log_readmits_it()
    {
        await using var page = await dashboard.OpenAsync();

        var told = await page.Page.EvaluateAsync<string[]>(ThreeNodes);

        Assert.Equal("n1 leads in term 2; 2 of 3 nodes take part.", told[0]);
        Assert.Contains(
            "n3 lost its journal. It receives the log again and does not count towards a majority until it is readmitted.", told);
        Assert.Equal("follower, awaits readmission", told[^1]);
    }
}
