using System.Buffers.Binary;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>A seed that fails is made small enough to be understood.</summary>
public sealed class InvestigationTests
{
    private static readonly SimulationOptions Broken = new()
    {
        Faults = FaultOptions.All,
        Duration = TimeSpan.FromSeconds(20),
        Workload = () => new ForgetfulCounter(),
    };

    [Fact]
    public void A_state_machine_that_depends_on_its_restarts_is_found_and_the_run_is_shrunk()
    {
        var simulator = new Simulator(Broken);
        var failure = simulator.Run(new SeedRange(1, 50), stopAtFirst: true).Failures[0];

        var investigation = simulator.Investigate(failure.Seed, "raft simulate …");

        Assert.Equal(failure.Violation, investigation.Original.Violation);
        Assert.Equal(failure.Violation!.Check, investigation.Shrunken.Violation!.Check);
        Assert.InRange(investigation.Nodes, 2, 3);
        Assert.InRange(investigation.Faults.Count, 0, 3);
        Assert.True(investigation.Operations < failure.Operations);
        Assert.IsType<PropertyViolated>(investigation.Trace.Events[^1]);
    }

    [Fact]
    public void Investigating_twice_gives_the_same()
    {
        var simulator = new Simulator(Broken);
        var failure = simulator.Run(new SeedRange(1, 50), stopAtFirst: true, parallelism: 1).Failures[0];

        var first = simulator.Investigate(failure.Seed, "");
        var second = simulator.Investigate(failure.Seed, "");

        Assert.Equal(first.Faults, second.Faults);
        Assert.Equal(first.Shrunken.TraceHash, second.Shrunken.TraceHash);
    }

    [Fact]
    public void A_seed_that_does_not_fail_is_not_investigated() =>
        Assert.Equal(
            "Seed 1 violates no property. (Parameter 'seed')",
            Assert.Throws<ArgumentException>(() => new Simulator(
                new SimulationOptions { Duration = TimeSpan.FromSeconds(2) }).Investigate(1, "")).Message);

    /// <summary>Its results depend on how many machines were made before it: what a restart forgets shows in them.</summary>
    private sealed class ForgetfulCounter : Workload
    {
        private int _machines;

        public override IStateMachine CreateStateMachine() => new Counter(_machines++ / 5);

        public override Request NextRequest(int client, Random random) => new(RequestType.Command, new byte[] { 1 }, "count");

        private sealed class Counter(int start) : IStateMachine
        {
            private int _count = start;

            public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
            {
                _count++;
                return Query(default);
            }

            public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query)
            {
                var result = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(result, _count);
                return result;
            }
        }
    }
}
