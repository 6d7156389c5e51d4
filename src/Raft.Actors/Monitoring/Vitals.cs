using Akka.Actor;
using Akka.Remote;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Detects that a process is dead, because its ActorSystem, Akka.Remote or its node is. An actor dies, for example, when memory
/// runs out on its thread. Only a new process helps then.
/// </summary>
internal sealed class Vitals
{
    /// <summary>The actor with which Akka.Remote opens and keeps connections.</summary>
    private const string EndpointManager = "/system/endpointManager";

    private readonly ExtendedActorSystem _system;
    private readonly IReadOnlyList<Pulse> _pulses;

    /// <param name="system">The ActorSystem.</param>
    /// <param name="group">The group whose node this process runs; null if it runs none.</param>
    public Vitals(ExtendedActorSystem system, GroupId? group)
    {
        _system = system;
        var pulses = new List<Pulse>();
        if (system.Provider is RemoteActorRefProvider)
            pulses.Add(new Pulse("Akka.Remote", system.ActorSelection(EndpointManager), mayBeAbsent: false));
        if (group is { } own)
        {
            var supervisor = $"/user/{RaftNodeSupervisor.NameOf(own)}";
            pulses.Add(new Pulse("The node's supervisor", system.ActorSelection(supervisor), mayBeAbsent: false));
            var node = system.ActorSelection($"{supervisor}/{RaftNodeSupervisor.NodeName}");
            pulses.Add(new Pulse("The node", node, mayBeAbsent: true));
        }

        _pulses = pulses;
    }

    /// <summary>Why the process is dead, as a sentence; null if it is alive or that is not certain yet.</summary>
    /// <param name="cancellationToken">Stops waiting; pings under way count for the next call.</param>
    public async Task<string?> WhyDeadAsync(CancellationToken cancellationToken)
    {
        if (_system.WhenTerminated.IsCompleted) return "The ActorSystem has ended.";
        var now = _system.Scheduler.MonotonicClock;
        var reasons = await Task.WhenAll(_pulses.Select(p => p.WhyDeadAsync(now)))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return reasons.FirstOrDefault(r => r is not null);
    }
}
