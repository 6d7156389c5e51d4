using System.Globalization;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Xunit;

namespace Raft.Simulation.Tests.Traces;

/// <summary>The page's scripts run in a real browser, under the page's own content security policy.</summary>
public sealed class DiagramInBrowserTests
{
    [BrowserFact]
    public void A_violation_is_on_the_page_with_its_facts_and_the_state_of_every_node()
    {
        var document = Chromium.Open(PageOf(SampleTraces.LostWrites()));

        Assert.Contains("Violated: ", document, StringComparison.Ordinal);
        Assert.All(["n1", "n2", "n3", "n4", "n5"], node => Assert.Contains($">{node}<", document, StringComparison.Ordinal));
        Assert.Contains(">leader<", document, StringComparison.Ordinal);
    }

    [BrowserFact]
    public void A_real_run_is_drawn()
    {
        var options = new SimulationOptions { Faults = FaultOptions.All, Duration = TimeSpan.FromSeconds(5), Nodes = 3 };
        var trace = new SimulationRun(RunPlan.Of(options, 1), new Clusters.TraceRecorder()).RunTraced("Seed 1", "raft simulate");

        var document = Chromium.Open(PageOf(trace));

        Assert.Contains("Seed 1", document, StringComparison.Ordinal);
        Assert.Contains(">leader<", document, StringComparison.Ordinal);
    }

    private static string PageOf(Trace trace)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        SpaceTimeDiagram.Write(trace, page);
        return page.ToString();
    }
}
