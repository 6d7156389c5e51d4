using Akka.Actor;
using Akka.Remote;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// What a process can't do without: its ActorSystem, Akka.Remote, and its node where it has one. Where one of them is dead, for
/// example since memory ran out in its thread, nothing but a new process helps.
/// </summary>
internal sealed class Vitals
{
    /// <summary>The actor by which Akka.Remote makes and keeps connections.</summary>
    private const string EndpointManager = "/system/endpointManager";

    private readonly ExtendedActorSystem _system;
    private readonly IReadOnlyList<Pulse> _pulses;

    /// <param name="system">The ActorSystem.</param>
    /// <param name="group">The group of which the process has a node; null where it has none.</param>
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
            pulses.Add(new Pulse("The node", system.ActorSelection($"{supervisor}/{RaftNodeSupervisor.NodeName}"), mayBeAbsent: true));
        }

        _pulses = pulses;
    }

    /// <summary>Why the process is dead, in a sentence; null where it is not, or that is not certain yet.</summary>
    /// <param name="cancellationToken">Stops waiting; pings that are under way count for the next call.</param>
    public async Task<string?> WhyDeadAsync(CancellationToken cancellationToken)
    {
        if (_system.WhenTerminated.IsCompleted) return "The ActorSystem has ended.";
        var now = _system.Scheduler.MonotonicClock;
        var reasons = await Task.WhenAll(_pulses.Select(p => p.WhyDeadAsync(now))).WaitAsync(cancellationToken).ConfigureAwait(false);
        return reasons.FirstOrDefault(r => r is not null);
    }
}
