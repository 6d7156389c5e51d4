using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// A node without a cluster discovers other such nodes and bootstraps a cluster with them: with as many as
/// <c>raft.bootstrap-expect</c> says, or with all of <c>raft.members</c>. <see cref="BootstrapNegotiation"/> has the rules; this
/// file connects them to the journal and the network. Every promise, and every message about a plan's fate, is sent only when the
/// event behind it is on disk.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>How often a node without a cluster announces itself.</summary>
    private TimeSpan BootstrapInterval => _settings.ElectionTimeoutMin;

    private void BeginNegotiation()
    {
        if (_negotiation is null || _settings.JournalLoss is not null)
        {
            var isSuccessor = _settings.JournalLoss is not null;
            BeginJournal(new Incarnation(Id, _numbers.Next() + 1), isSuccessor);
            _journal.Append(new JournalBegun(_settings.Group, _members.Self, isSuccessor));
        }

        if (_negotiation!.Plan is { } plan && !Rule(isSuccessor: false).MayBe(plan.Voters))
            throw new NodeHaltedException(
                $"the node has promised to bootstrap {plan}, but raft.members names {string.Join(", ", _members.Voters)}. "
                + "Start it with the members of the plan until the cluster is bootstrapped.");
        _current = new RoleBehaviour(RaftRole.Follower, Negotiating);
        OnBootstrapTick();
        _journal.Flush();
    }

    /// <summary>Sets this journal's incarnation and starts the negotiation in its name.</summary>
    private void BeginJournal(Incarnation self, bool isSuccessor)
    {
        _members.Become(self);
        _negotiation = new BootstrapNegotiation(self, Rule(isSuccessor), patience: 6 * BootstrapInterval);
    }

    private BootstrapRule Rule(bool isSuccessor) => _settings.Members.Count > 0
        ? new BootstrapRule(_settings.Members.Count, [.. _settings.Members.Select(m => m.Id)], isSuccessor)
        : new BootstrapRule(_settings.BootstrapExpect, [], isSuccessor);

    private void Negotiating(object message)
    {
        switch (message)
        {
            case BootstrapTick: OnBootstrapTick(); break;
            case BootstrapPresence other: OnBootstrapPresence(other); break;
            case ProposeBootstrap proposal: OnProposal(proposal.Plan); break;
            case BootstrapPromise promise: OnPromise(promise); break;
            case BootstrapDropped dropped: OnDropped(dropped.Cluster); break;
            case ClusterExists cluster: OnClusterExists(cluster); break;
            case RaftRpc rpc: OnRpcOfCluster(rpc); break;
            case JournalDeadline deadline: _journal.OnDeadline(deadline); break;
            case Terminated: throw _machine.Failure();
            default: UnavailableNode.Answer(message, Sender, Context.Parent, Id, WaitsForCluster()); break;
        }

        _journal.Flush();
    }

    private string WaitsForCluster() => $"it has no cluster yet: {_negotiation!.WaitsFor(Now)}";

    private void OnBootstrapTick()
    {
        var negotiation = _negotiation!;
        Timers.StartSingleTimer(BootstrapTick.Instance, BootstrapTick.Instance, BootstrapInterval);
        if (negotiation.IsPlanHopeless(Now)) Withdraw($"{negotiation.WaitsFor(Now)}, without success");
        if (negotiation.IsPlanLost) Withdraw("its planner lost its journal before the cluster was bootstrapped");
        if (negotiation.Participants(Now) is { } participants)
            PromiseTo(new BootstrapPlan(_settings.ConfiguredClusterId ?? _numbers.NextClusterId(), participants));
        if (negotiation.IsComplete) CompletePlan();
        else Announce(negotiation);
    }

    /// <summary>
    /// Sends this node's presence, plan or promise to the other nodes. Lost messages are repeated at the next tick.
    /// </summary>
    private void Announce(BootstrapNegotiation negotiation)
    {
        object announcement = negotiation.Plan is not { } plan ? new BootstrapPresence(negotiation.Self, negotiation.Expect)
            : negotiation.IsPlanner ? new ProposeBootstrap(plan)
            : new BootstrapPromise(plan, negotiation.Self);
        var receivers = negotiation.Plan is { } promised ? promised.Voters : _peers.Known;
        var others = receivers.Where(node => node != Id).ToArray();
        _journal.WhenDurable(() =>
        {
            foreach (var other in others) _peers[other].Tell(announcement);
        });

        if (negotiation.News(Now) is { } waitsFor) Log.Info("{Node} has no cluster yet: {Reason}", Id, waitsFor);
    }

    private void OnBootstrapPresence(BootstrapPresence other)
    {
        if (other.From.Node != Id) _negotiation!.Record(other, Now);
        else if (other.From.Journal != _negotiation!.Self.Journal) WarnOnce($"Another node has the name of this node, {Id}.");
    }

    private void OnProposal(BootstrapPlan plan)
    {
        if (BootstrapGuard.Problem(plan) is { } problem)
        {
            WarnOnce($"A plan to bootstrap {plan} was refused: {problem}.");
            return;
        }

        var negotiation = _negotiation!;
        if (!negotiation.MayPromise(plan)) return;
        if (negotiation.Plan != plan) PromiseTo(plan);
        var promise = new BootstrapPromise(plan, negotiation.Self);
        var planner = Sender;
        _journal.WhenDurable(() => planner.Tell(promise));
    }

    private void PromiseTo(BootstrapPlan plan)
    {
        Log.Info("{Node} promises to join {Plan}, planned by {Planner}", Id, plan, plan.Planner);
        _negotiation!.Promise(plan, Now);
        _journal.Append(new BootstrapPromised(plan));
    }

    private void OnPromise(BootstrapPromise promise)
    {
        var negotiation = _negotiation!;
        negotiation.Record(promise);
        if (promise.Plan.Planner == negotiation.Self && promise.Plan != negotiation.Plan) TellDropped(promise.Plan);
        if (negotiation.IsComplete) CompletePlan();
    }

    private void CompletePlan() => CompleteBootstrap(_negotiation!.Plan!.Cluster, _negotiation.Plan.Participants);

    private void TellDropped(BootstrapPlan plan) => SendWhenDurable(Sender, new BootstrapDropped(plan.Cluster));

    private void OnDropped(ClusterId cluster)
    {
        if (_negotiation!.Plan?.Cluster == cluster && !_negotiation.IsPlanner) Withdraw("its planner dropped it");
    }

    private void Withdraw(string why)
    {
        var plan = _negotiation!.Plan!;
        Log.Info("{Node} drops its promise to join {Plan}: {Reason}", Id, plan, why);
        _negotiation.Drop();
        _journal.Append(new BootstrapWithdrawn(plan.Cluster));
    }

    private void OnClusterExists(ClusterExists cluster)
    {
        switch (_negotiation!.Record(cluster))
        {
            case Standing.Participant: CompletePlan(); break;
            case Standing.MemberWithoutJournal: Rejoin(cluster); break;
            default: break;
        }
    }

    /// <summary>
    /// The node was a member and lost its journal. It follows its cluster with a new journal and waits for readmission.
    /// </summary>
    private void Rejoin(ClusterExists cluster)
    {
        Timers.Cancel(BootstrapTick.Instance);
        _members.Form(cluster.Cluster, cluster.Voters);
        SeekReadmission($"cluster {cluster.Cluster} has this node as a member, but this journal has no data of it");
        StartFollowing();
    }

    /// <summary>Only members of a cluster send RPCs, so a node that has promised to join it now belongs to it.</summary>
    private void OnRpcOfCluster(RaftRpc rpc)
    {
        if (_negotiation!.Plan is { } plan && plan.Cluster == rpc.Cluster)
        {
            CompletePlan();
            _current.Receive(rpc);
            return;
        }

        _negotiation.Record(rpc, Now);
        var reason = $"{rpc.GetType().Name} from {rpc.From} was refused by {Id}: {WaitsForCluster()}.";
        Sender.Tell(new RpcRefused(rpc.Cluster, Id, Term.Zero, reason));
    }

    /// <summary>
    /// Records that the cluster is bootstrapped: as its planner, or because another participant's message shows it. No RPC is
    /// sent before the event is on disk, because a receiver takes an RPC as proof that the cluster exists.
    /// </summary>
    private void CompleteBootstrap(ClusterId cluster, IReadOnlyList<Incarnation> participants)
    {
        Timers.Cancel(BootstrapTick.Instance);
        Log.Info("{Node} bootstraps cluster {Cluster} of {Members}", Id, cluster, string.Join(", ", participants));
        _members.Form(cluster, participants.Select(p => p.Node));
        _members.Incarnations.Restart(participants);
        _journal.Append(Formed() with { Participants = participants });
        StartFollowing();
        foreach (var voter in Others) SendWhenDurable(_peers[voter], Existence());
    }

    private ClusterExists Existence() => new(Cluster, Id, _members.Voters) { Incarnations = _members.Incarnations.All };

    /// <summary>Answers nodes that look for a cluster.</summary>
    private void OnBootstrapMessage(BootstrapMessage message)
    {
        if (message is ClusterExists or BootstrapDropped) return;
        if (message is BootstrapPromise { Plan: var plan } && plan.Cluster != Cluster && plan.Planner == _negotiation?.Self)
            TellDropped(plan);
        else
            SendWhenDurable(Sender, Existence());
    }
}
