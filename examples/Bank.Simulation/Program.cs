using System.Buffers;
using System.Runtime.InteropServices;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation;
using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

var bank = new SimulationOptions { Faults = FaultOptions.All, Workload = () => new Transfers() };
var report = new Simulator(bank).Run(new SeedRange(1, 100));
foreach (var run in report.Failures) Console.WriteLine($"seed {run.Seed}: {run.Violation}");
Console.WriteLine(
    $"{report.Seeds} seeds, {report.Committed} entries, {report.Failures.Count} violations, {report.TraceHash:x16}");
return report.Failures.Count == 0 ? 0 : 1;

/// <summary>Accounts. A command has three bytes: payer, payee and amount. A query has one: the account.</summary>
internal sealed class Bank : IStateMachine
{
    public int[] Balances { get; } = [100, 100, 100, 100];

    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
    {
        var (from, to, amount) = (command.Span[0], command.Span[1], command.Span[2]);
        if (Balances[from] < amount) return "refused"u8.ToArray();
        Balances[from] -= amount;
        Balances[to] += amount;
        return "done"u8.ToArray();
    }

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => BitConverter.GetBytes(Balances[query.Span[0]]);

    public void TakeSnapshot(IBufferWriter<byte> snapshot) => snapshot.Write(MemoryMarshal.AsBytes<int>(Balances));

    public void Restore(ReadOnlySequence<byte> snapshot) => snapshot.CopyTo(MemoryMarshal.AsBytes(Balances.AsSpan()));
}

internal sealed class Transfers : Workload
{
    public override IStateMachine CreateStateMachine() => new Bank();

    public override Request NextRequest(int client, Random random) => new(
        RequestType.Command, new[] { (byte)random.Next(4), (byte)random.Next(4), (byte)random.Next(80) }, "transfer");

    public override string? Examine(IStateMachine machine) =>
        ((Bank)machine).Balances.Sum() is not 400 and var total ? $"the accounts hold {total}, not 400" : null;
}
