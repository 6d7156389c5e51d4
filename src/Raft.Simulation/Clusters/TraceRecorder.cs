using System.Globalization;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Faults;
using Raft.Simulation.Network;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Records what happens in a run, in words, for the diagram.</summary>
internal sealed class TraceRecorder
{
    private readonly List<TraceEvent> _events = [];

    public void OnMessage(Packet packet, MessageFate fate, TimeSpan? arrival) => _events.Add(new MessageTraveled(
        packet.SentAt,
        packet.From.Machine.Name,
        packet.To.Machine.Name,
        packet.Message.GetType().Name,
        MessageDescription.Of(packet.Message),
        arrival,
        fate));

    public void OnNodeChanged(SimulatedWorld world, NodeChange change)
    {
        var node = change.Node;
        var state = change.After;
        var kept = change.FirstChanged is { } first ? first.Previous() : node.Log.LastIndex;
        if (!change.IsSameIncarnation) kept = LogIndex.Zero;
        _events.Add(new NodeChanged(
            world.Loop.Now,
            node.Id.Value,
            state.Role,
            state.Term.Value,
            state.VotedFor?.Value,
            state.Leader?.Value,
            state.CommitIndex.Value,
            state.LastApplied.Value,
            state.DurableIndex.Value,
            kept.Value,
            [.. node.Log.Range(kept.Next(), node.Log.LastIndex).Select(e => Words(world, e))]));
    }

    public void OnUpOrDown(TimeSpan now, string machine, bool isUp, string why) =>
        _events.Add(new MachineUpOrDown(now, machine, isUp, why));

    public void OnNote(TimeSpan now, string machine, string text) => _events.Add(new Noted(now, machine, text));

    public void OnFault(SimulatedWorld world, Fault fault)
    {
        var cut = new NetworkFaults(world).CutLinks(fault);
        var machine = fault.Nodes.Count == 1 && cut.Count == 0 ? world.Nodes[fault.Nodes[0]].Name : "";
        _events.Add(new FaultLasted(
            fault.At,
            machine,
            fault.Kind.ToString(),
            fault.ToString(),
            fault.End,
            [.. cut.Select(l => (l.From.Name, l.To.Name))]));
    }

    /// <summary>Returns all recorded events in order of time, with the clients' operations and the violation.</summary>
    public Trace ToTrace(string title, string command, SimulatedWorld world, Violation? violation)
    {
        var operations = world.Observer.History.Select(o => (TraceEvent)new OperationLasted(
            o.InvokedAt, $"c{o.Client + 1}", Words(world, o.Request), Outcome(o), o.ReturnedAt));
        TraceEvent[] end = violation is { } v
            ? [new PropertyViolated(world.Loop.Now, MachineOf(world, v), v.Check, v.Source, v.Fact, v.Contradiction)]
            : [];
        return new Trace(
            title,
            command,
            [.. world.Nodes.Select(n => n.Name)],
            [.. world.Clients.Select(c => c.Name)],
            [.. _events.Concat(operations).OrderBy(e => e.At), .. end]);
    }

    /// <summary>Returns the last node that the contradiction names, as the place of the violation.</summary>
    private static string MachineOf(SimulatedWorld world, Violation violation) =>
        violation.Contradiction.Split(' ', ',', ':').LastOrDefault(word => world.Nodes.Any(n => n.Name == word)) ?? "";

    private static string Outcome(Operation operation) => operation.Outcome switch
    {
        OperationOutcome.Done => string.Create(CultureInfo.InvariantCulture, $"done at index {operation.Index}"),
        OperationOutcome.NotDone => "not done",
        OperationOutcome.Unknown => "unknown",
        _ => "under way",
    };

    private static string Words(SimulatedWorld world, Request request) =>
        request.Text.Length > 0 ? request.Text : world.Workload.Describe(request.Payload);

    private static TracedEntry Words(SimulatedWorld world, LogEntry entry) => new(
        entry.Index.Value,
        entry.Term.Value,
        entry.Kind switch
        {
            EntryKind.Command => world.Workload.Describe(entry.Command),
            EntryKind.OpenSession => "open session",
            _ => "no-op",
        });
}
