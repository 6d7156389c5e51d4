using Raft.Simulation.Checks;
using Raft.Simulation.Clusters;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

public sealed class StandardChecksTests
{
    [Fact]
    public void Every_check_is_among_them_and_none_twice()
    {
        var all = typeof(Check).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Check)) && !t.IsAbstract);

        Assert.Equal(
            all.Select(t => t.Name).Order(StringComparer.Ordinal),
            StandardChecks.Create().Select(c => c.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void They_are_made_anew_and_in_the_same_order()
    {
        var (first, second) = (StandardChecks.Create(), StandardChecks.Create());

        Assert.Equal(first.Select(c => c.Name), second.Select(c => c.Name));
        Assert.All(first.Zip(second), pair => Assert.NotSame(pair.First, pair.Second));
    }

    [Fact]
    public void Each_has_a_name_of_its_own_in_lower_case_and_a_source()
    {
        var checks = StandardChecks.Create();

        Assert.Equal(checks.Count, checks.Select(c => c.Name).Distinct().Count());
        Assert.All(checks, c => Assert.Equal(c.Name.ToLowerInvariant(), c.Name));
        Assert.All(checks, c => Assert.NotEmpty(c.Source));
    }
}
