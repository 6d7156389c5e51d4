using Raft.Simulation.Engine;
using Raft.Simulation.Faults;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>The requested faults happen, and no others.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_fault_alone_is_survived_and_no_other_happens(FaultKind kind)
    {
        var report = new Simulator(new SimulationOptions { Faults = Only(kind), Duration = Duration, Nodes = 3 })
            .Run(new SeedRange(1, 6));

        Assert.Empty(report.Failures);
        Assert.Equal([kind], report.Faults.Keys);
        Assert.True(report.Committed > 20, $"Only {report.Committed} entries were committed.");
    }

    [Fact]
    public void Without_faults_there_is_one_election_and_every_operation_is_done()
    {
        var run = new Simulator(new SimulationOptions { Duration = Duration, DrawLimits = false }).Run(3);

        Assert.Null(run.Violation);
        Assert.Empty(run.Faults);
        Assert.Equal(1, run.Elections);
        Assert.InRange(run.Operations, 100, 1000);
    }

    [Fact]
    public void With_all_faults_every_kind_happens_and_every_property_is_examined()
    {
        var options = new SimulationOptions { Faults = FaultOptions.All, Duration = TimeSpan.FromSeconds(60) };
        var report = new Simulator(options).Run(new SeedRange(1, 40));
        var bootstrapped = new Simulator(options with { BootstrapExpect = 3 }).Run(new SeedRange(1, 3));
        var peace = new Simulator(options with { Faults = FaultOptions.None }).Run(1);

        Assert.Empty(report.Failures.Concat(bootstrapped.Failures));
        Assert.Null(peace.Violation);
        Assert.Equal(Enum.GetValues<FaultKind>(), report.Faults.Keys.Order());
        Assert.All(
            report.Checks.Keys, name => Assert.NotEqual(0, report.Checks[name] + bootstrapped.Checks[name] + peace.Checks[name]));
    }

    [Fact]
    public void Every_fault_ends_with_the_run_at_the_latest()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var faults = FaultSchedule.Draw(FaultOptions.All, new SeededRandom(seed, "faults"), 5, Duration);
            Assert.All(faults, fault => Assert.InRange(fault.End, fault.At, Duration));
        }
    }

    [Theory]
    [InlineData("network", FaultKind.Loss, FaultKind.Crash)]
    [InlineData("crash", FaultKind.CrashAll, FaultKind.Loss)]
    [InlineData("disk", FaultKind.StalledDisk, FaultKind.Crash)]
    [InlineData("clock", FaultKind.ClockDrift, FaultKind.SlowDisk)]
    [InlineData("operator", FaultKind.LeadershipTransfer, FaultKind.Crash)]
    [InlineData("clock, disk", FaultKind.DamagedJournal, FaultKind.Pause)]
    public void A_list_of_names_asks_for_these_kinds_alone(string text, FaultKind asked, FaultKind notAsked)
    {
        var options = FaultOptions.Parse(text);

        Assert.True(options[asked] > 0);
        Assert.Equal(0, options[notAsked]);
    }

    [Fact]
    public void All_means_every_kind_and_none_means_no_kind()
    {
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(FaultOptions.Parse("all")[kind] > 0));
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.Equal(0, FaultOptions.Parse("none")[kind]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("earthquake")]
    [InlineData("network,earthquake")]
    [InlineData("network,,disk")]
    public void An_unknown_name_is_refused_with_the_names_that_there_are(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => FaultOptions.Parse(text));

        Assert.Contains("network, crash, disk, clock and operator", refusal.Message, StringComparison.Ordinal);
    }

    private static FaultOptions Only(FaultKind kind) => kind switch
    {
        FaultKind.Loss => new() { Loss = 0.3 },
        FaultKind.Duplication => new() { Duplication = 0.3 },
        FaultKind.Delay => new() { Delay = 0.3 },
        FaultKind.Reordering => new() { Reordering = 0.3 },
        FaultKind.Partition => new() { Partition = 0.3 },
        FaultKind.OneWayPartition => new() { OneWayPartition = 0.3 },
        FaultKind.Bridge => new() { Bridge = 0.3 },
        FaultKind.Flapping => new() { Flapping = 0.3 },
        FaultKind.SlowLink => new() { SlowLink = 0.3 },
        FaultKind.Crash => new() { Crash = 0.3 },
        FaultKind.CrashAll => new() { CrashAll = 0.3 },
        FaultKind.Pause => new() { Pause = 0.3 },
        FaultKind.SlowDisk => new() { SlowDisk = 0.3 },
        FaultKind.StalledDisk => new() { StalledDisk = 0.3 },
        FaultKind.FailingWrites => new() { FailingWrites = 0.3 },
        FaultKind.RejectedWrites => new() { RejectedWrites = 0.3 },
        FaultKind.FalseFailures => new() { FalseFailures = 0.3 },
        FaultKind.UnreadableJournal => new() { UnreadableJournal = 0.3 },
        FaultKind.DamagedJournal => new() { DamagedJournal = 0.3 },
        FaultKind.BlankDisk => new() { BlankDisk = 0.3 },
        FaultKind.TruncatedJournal => new() { TruncatedJournal = 0.3 },
        FaultKind.ClockDrift => new() { ClockDrift = 0.3 },
        FaultKind.ClockJump => new() { ClockJump = 0.3 },
        _ => new() { LeadershipTransfer = 0.3 },
    };
}
