using Raft.Simulation.Clusters;
using Raft.Simulation.Faults;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>docs/simulate.md lists exactly the existing faults and checks.</summary>
public sealed class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "simulate.md"));

    [Fact]
    public void Every_kind_of_fault_is_in_the_table() =>
        Assert.All(Enum.GetNames<FaultKind>(), kind => Assert.Contains($"| `{kind}` |", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_check_is_in_the_table() =>
        Assert.All(StandardChecks.Create(), check => Assert.Contains($"| {check.Name} |", Page, StringComparison.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Raft.Akka.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
