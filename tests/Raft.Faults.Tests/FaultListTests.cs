using Raft.Faults.Faults;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class FaultListTests
{
    [Fact]
    public void Without_names_all_faults_except_those_that_take_long_are_selected()
    {
        Assert.DoesNotContain(FaultList.Choose(names: null, withLong: false), fault => fault.IsLong);
        Assert.Equal(FaultList.All, FaultList.Choose(names: null, withLong: true));
    }

    [Fact]
    public void Named_faults_are_selected_in_the_order_of_the_table_even_long_ones() => Assert.Equal(
        ["bridge", "long-partition"],
        FaultList.Choose("long-partition, bridge", withLong: false).Select(fault => fault.Name));

    [Fact]
    public void An_unknown_name_is_rejected_with_a_list_of_the_known_ones()
    {
        var e = Assert.Throws<ArgumentException>(() => FaultList.Choose("bridge,brigde", withLong: false));
        Assert.Contains("'brigde'", e.Message, StringComparison.Ordinal);
        Assert.Contains("sigkill-leader", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_faults_have_the_same_name() => Assert.Equal(
        FaultList.All.Count, FaultList.All.Select(fault => fault.Name).Distinct().Count());
}
