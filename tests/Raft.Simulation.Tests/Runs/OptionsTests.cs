using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>Invalid options are rejected with one sentence, before anything runs.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("42", 42, 42)]
    [InlineData("1..1000", 1, 1000)]
    [InlineData("0..0", 0, 0)]
    public void A_range_of_seeds_is_read(string text, long first, long last) =>
        Assert.Equal(new SeedRange(first, last), SeedRange.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("1..")]
    [InlineData("a..b")]
    [InlineData("1...3")]
    [InlineData("1..2..3")]
    [InlineData("-1..3")]
    [InlineData("1.5")]
    [InlineData("9223372036854775807")]
    public void What_is_no_range_of_seeds_is_refused(string text) =>
        Assert.Equal(
            $"'{text}' is not a range of seeds. Use a seed such as 42 or a range such as 1..1000.",
            Assert.Throws<FormatException>(() => SeedRange.Parse(text)).Message);

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() =>
        Assert.Equal(
            "'5..1' ends before it begins. Write the smaller seed first.",
            Assert.Throws<FormatException>(() => SeedRange.Parse("5..1")).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10)]
    public void A_cluster_of_no_or_too_many_nodes_is_refused(int nodes) =>
        Assert.Equal(
            $"A cluster of {nodes} nodes can't be simulated. Use 1 to 9.",
            Assert.Throws<ArgumentException>(() => new Simulator(new SimulationOptions { Nodes = nodes })).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86401)]
    public void A_run_of_no_time_or_too_much_is_refused(int seconds) =>
        Assert.Equal(
            $"A run of {seconds} s can't be simulated. Use 1 second to 1 day.",
            Assert.Throws<ArgumentException>(() => new Simulator(
                new SimulationOptions { Duration = TimeSpan.FromSeconds(seconds) })).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_run_of_no_or_too_many_clients_is_refused(int clients) =>
        Assert.Equal(
            $"{clients} clients can't be simulated. Use 1 to 1000.",
            Assert.Throws<ArgumentException>(() => new Simulator(new SimulationOptions { Clients = clients })).Message);
}
