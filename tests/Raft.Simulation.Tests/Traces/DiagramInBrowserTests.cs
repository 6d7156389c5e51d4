using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Xunit;

namespace Raft.Simulation.Tests.Traces;

/// <summary>The page's scripts run in a real browser, under the page's own content security policy.</summary>
public sealed partial class DiagramInBrowserTests
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

    /// <summary>
    /// A module could use what it does not import once the modules are joined. The browser, which links the separate modules,
    /// reports it.
    /// </summary>
    [BrowserFact]
    public void The_modules_draw_the_same_when_the_browser_imports_them()
    {
        var page = PageOf(SampleTraces.LostWrites());
        var script = page.LastIndexOf("<script type=\"module\">", StringComparison.Ordinal);
        var importing = PolicyTag().Replace(page[..script], "")
            + "<script type=\"module\" src=\"main.js\"></script></body></html>";

        var expected = BodyOf(Chromium.Open(page));
        var imported = BodyOf(Chromium.Open(importing, DiagramModules.All));

        Assert.Contains("Violated: ", expected, StringComparison.Ordinal);
        Assert.Equal(expected, imported);
    }

    /// <summary>The visible content, without the scripts.</summary>
    private static string BodyOf(string document) =>
        document[document.IndexOf("<body", StringComparison.Ordinal)..document.LastIndexOf("<script", StringComparison.Ordinal)];

    [GeneratedRegex("<meta http-equiv=[^>]*>")]
    private static partial Regex PolicyTag();

    private static string PageOf(Trace trace)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        SpaceTimeDiagram.Write(trace, page);
        return page.ToString();
    }
}
