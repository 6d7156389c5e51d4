using System.Buffers;
using System.Buffers.Binary;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>A failing seed is reduced until it can be understood.</summary>
public sealed class InvestigationTests
{
    private static readonly SimulationOptions Broken = new()
    {
        Faults = FaultOptions.All,
        Duration = TimeSpan.FromSeconds(20),
        Workload = () => new CounterOfQueries(),
    };

    [Fact]
    public void A_state_machine_that_a_question_changes_is_found_and_the_run_is_shrunk()
    {
        var simulator = new Simulator(Broken);
        var failure = simulator.Run(new SeedRange(1, 50), stopAtFirst: true).Failures[0];

        var investigation = simulator.Investigate(failure.Seed, "raft simulate …");

        Assert.Equal(failure.Violation, investigation.Original.Violation);
        Assert.Equal(failure.Violation!.Check, investigation.Shrunken.Violation!.Check);
        Assert.Equal(2, investigation.Nodes);
        Assert.Empty(investigation.Faults);
        Assert.InRange(investigation.Operations, 2, 20);
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

    /// <summary>A state machine that counts queries too. Only one node gets each query, so the nodes diverge.</summary>
    private sealed class CounterOfQueries : Workload
    {
        public override IStateMachine CreateStateMachine() => new Counter();

        public override Request NextRequest(int client, Random random) =>
            new(random.Next(3) == 0 ? RequestType.Query : RequestType.Command, new byte[] { 1 }, "count");

        private sealed class Counter : IStateMachine
        {
            private int _count;

            public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command) => Query(command);

            public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query)
            {
                var result = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(result, ++_count);
                return result;
            }

            public void TakeSnapshot(IBufferWriter<byte> snapshot) => snapshot.Write(BitConverter.GetBytes(_count));

            public void Restore(ReadOnlySequence<byte> snapshot) => _count = BitConverter.ToInt32(snapshot.ToArray());
        }
    }
}
