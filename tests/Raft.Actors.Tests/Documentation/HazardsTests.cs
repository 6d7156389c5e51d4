using System.Text.RegularExpressions;
using Raft.Actors.Tests.Architecture;
using Xunit;

namespace Raft.Actors.Tests.Documentation;

/// <summary>docs/hazards.md has every hazard that anything cites, and what it names exists.</summary>
public sealed partial class HazardsTests
{
    private static readonly string[] CitingFolders = ["src", "tests", "docs", "examples", "hocon"];

    private static readonly string[] Tests =
    [
        .. from file in Repository.Files("tests", ".cs").Select(File.ReadAllText)
           from type in TestClass().Matches(file)
           from method in TestMethod().Matches(file)
           select $"{type.Groups[1].Value}.{method.Groups[1].Value}",
    ];

    /// <summary>Name and source of each check of the simulation.</summary>
    private static readonly (string Name, string Source)[] Checks =
    [
        .. from file in Repository.Files("src/Raft.Simulation/Checks", ".cs").Select(File.ReadAllText)
           from name in CheckName().Matches(file)
           select (name.Groups[1].Value, CheckSource().Match(file).Groups[1].Value),
    ];

    /// <summary>Each mutant as the page names it, <c>44</c> or <c>survivors/86</c>, and its source.</summary>
    private static readonly (string Name, string Source)[] Mutants =
    [
        .. from file in Repository.Files("tests/mutants", ".patch")
           let number = Path.GetFileName(file).Split('-')[0]
           let isSurvivor = Path.GetFileName(Path.GetDirectoryName(file)) == "survivors"
           select (isSurvivor ? $"survivors/{number}" : number, MutantSource().Match(File.ReadAllText(file)).Groups[1].Value),
    ];

    [Fact]
    public void Every_hazard_that_is_cited_is_on_the_page() =>
        Assert.Empty(
            from folder in CitingFolders
            from file in Repository.Files(folder, ".cs", ".md", ".patch", ".proto", ".conf")
            from cited in HazardsPage.CitedBy(File.ReadAllText(file))
            where !HazardsPage.Hazards.ContainsKey(cited)
            select $"{file} cites hazard {cited}.");

    [Fact]
    public void Every_hazard_names_what_covers_it_or_why_nothing_does() =>
        Assert.All(HazardsPage.Hazards, hazard => Assert.True(
            hazard.Value.IsNotCovered || hazard.Value.Tests.Length + hazard.Value.Checks.Length > 0, $"hazard {hazard.Key}"));

    [Fact]
    public void Every_test_on_the_page_exists() =>
        Assert.Empty(HazardsPage.Hazards.Values.SelectMany(hazard => hazard.Tests).Except(Tests));

    [Fact]
    public void Every_check_on_the_page_exists() =>
        Assert.Empty(HazardsPage.Hazards.Values.SelectMany(hazard => hazard.Checks).Except(Checks.Select(check => check.Name)));

    [Fact]
    public void Every_mutant_on_the_page_exists() =>
        Assert.Empty(
            HazardsPage.Hazards.Values.SelectMany(hazard => hazard.Mutants).Except(Mutants.Select(mutant => mutant.Name)));

    [Fact]
    public void A_check_that_cites_a_hazard_is_named_by_it() =>
        Assert.Empty(
            from check in Checks
            from cited in HazardsPage.CitedBy(check.Source)
            where !HazardsPage.Hazards[cited].Checks.Contains(check.Name)
            select $"hazard {cited} does not name the check '{check.Name}'.");

    [Fact]
    public void A_mutant_that_cites_a_hazard_is_named_by_it() =>
        Assert.Empty(
            from mutant in Mutants
            from cited in HazardsPage.CitedBy(mutant.Source)
            where !HazardsPage.Hazards[cited].Mutants.Contains(mutant.Name)
            select $"hazard {cited} does not name the mutant {mutant.Name}.");

    [Theory]
    [InlineData("Raft §5.3, hazard 10", "10")]
    [InlineData("Hazards 12 and P4", "12", "P4")]
    [InlineData("hazards 1, 3 and 16 to 18", "1", "3", "16", "18", "17")]
    [InlineData("see hazard\n7", "7")]
    [InlineData("hazards of Akka.NET")]
    public void A_citation_is_read_however_it_is_written(string text, params string[] cited) =>
        Assert.Equal(cited, HazardsPage.CitedBy(text));

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bpublic (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("""\bstring Name => "([^"]*)";""")]
    private static partial Regex CheckName();

    [GeneratedRegex("""\bstring Source => "([^"]*)";""")]
    private static partial Regex CheckSource();

    [GeneratedRegex(@"^Source: (.*)$", RegexOptions.Multiline)]
    private static partial Regex MutantSource();
}
