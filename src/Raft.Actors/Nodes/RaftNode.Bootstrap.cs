using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// Before there is a cluster: nodes without one look for each other and found it together, so many as
/// <c>raft.bootstrap-expect</c> says, or all of <c>raft.members</c>.
/// <see cref="BootstrapNegotiation"/> has the rules; here they meet the journal and the network. Every promise, and every word about
/// what became of one, leaves when it is on disk.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>How often a node without a cluster tells that it is there.</summary>
    private TimeSpan BootstrapInterval => _settings.ElectionTimeoutMin;

    private void BeginTalks()
    {
        if (_talks is null || _settings.JournalLoss is not null)
        {
            var isSuccessor = _settings.JournalLoss is not null;
            BeginJournal(new Incarnation(Id, _numbers.Next() + 1), isSuccessor);
            _journal.Append(new JournalBegun(_settings.Group, _members.Self, isSuccessor));
        }

        if (_talks!.Plan is { } plan && !Rule(isSuccessor: false).MayBe(plan.Voters))
            throw new NodeHaltedException(
                $"the node is promised to found {plan}, and raft.members names {string.Join(", ", _members.Voters)}. "
                + "Start it with the members of the plan until the cluster is founded.");
        _current = new RoleBehaviour(RaftRole.Follower, Talking);
        OnBootstrapTick();
        _journal.Flush();
    }

    /// <summary>The journal has a number, and the node talks in its name.</summary>
    private void BeginJournal(Incarnation self, bool isSuccessor)
    {
        _members.Become(self);
        _talks = new BootstrapNegotiation(self, Rule(isSuccessor), patience: 6 * BootstrapInterval);
    }

    private BootstrapRule Rule(bool isSuccessor) => _settings.Members.Count > 0
        ? new BootstrapRule(_settings.Members.Count, [.. _settings.Members.Select(m => m.Id)], isSuccessor)
        : new BootstrapRule(_settings.BootstrapExpect, [], isSuccessor);

    private void Talking(object message)
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

    private string WaitsForCluster() => $"it has no cluster yet: {_talks!.WaitsFor(Now)}";

    private void OnBootstrapTick()
    {
        var talks = _talks!;
        Timers.StartSingleTimer(BootstrapTick.Instance, BootstrapTick.Instance, BootstrapInterval);
        if (talks.IsPlanHopeless(Now)) Withdraw($"{talks.WaitsFor(Now)}, in vain");
        if (talks.IsPlanLost) Withdraw("its planner lost its journal, and nobody founded the cluster");
        if (talks.Participants(Now) is { } founders)
            PromiseTo(new BootstrapPlan(_settings.ConfiguredClusterId ?? _numbers.NextClusterId(), founders));
        if (talks.IsComplete) FoundAsPlanned();
        else SayWhereItStands(talks);
    }

    /// <summary>Says to all in reach what this node has to say; what gets lost is said again at the next tick.</summary>
    private void SayWhereItStands(BootstrapNegotiation talks)
    {
        object word = talks.Plan is not { } plan ? new BootstrapPresence(talks.Self, talks.Expect)
            : talks.IsPlanner ? new ProposeBootstrap(plan)
            : new BootstrapPromise(plan, talks.Self);
        var receivers = talks.Plan is { } promised ? promised.Voters : _peers.Known;
        var others = receivers.Where(node => node != Id).ToArray();
        _journal.WhenDurable(() =>
        {
            foreach (var other in others) _peers[other].Tell(word);
        });

        if (talks.News(Now) is { } waitsFor) Log.Info("{Node} has no cluster yet: {Reason}", Id, waitsFor);
    }

    private void OnBootstrapPresence(BootstrapPresence other)
    {
        if (other.From.Node != Id) _talks!.Record(other, Now);
        else if (other.From.Journal != _talks!.Self.Journal) WarnOnce($"Another node calls itself {Id}, as this node does.");
    }

    private void OnProposal(BootstrapPlan plan)
    {
        if (BootstrapGuard.Problem(plan) is { } problem)
        {
            WarnOnce($"A plan to found {plan} was refused: {problem}.");
            return;
        }

        var talks = _talks!;
        if (!talks.MayPromise(plan)) return;
        if (talks.Plan != plan) PromiseTo(plan);
        var promise = new BootstrapPromise(plan, talks.Self);
        var planner = Sender;
        _journal.WhenDurable(() => planner.Tell(promise));
    }

    private void PromiseTo(BootstrapPlan plan)
    {
        Log.Info("{Node} promises itself to {Plan} of {Planner}", Id, plan, plan.Planner);
        _talks!.Promise(plan, Now);
        _journal.Append(new BootstrapPromised(plan));
    }

    private void OnPromise(BootstrapPromise promise)
    {
        var talks = _talks!;
        talks.Record(promise);
        if (promise.Plan.Planner == talks.Self && promise.Plan != talks.Plan) TellDropped(promise.Plan);
        if (talks.IsComplete) FoundAsPlanned();
    }

    private void FoundAsPlanned() => Found(_talks!.Plan!.Cluster, _talks.Plan.Participants);

    private void TellDropped(BootstrapPlan plan) => SendWhenDurable(Sender, new BootstrapDropped(plan.Cluster));

    private void OnDropped(ClusterId cluster)
    {
        if (_talks!.Plan?.Cluster == cluster && !_talks.IsPlanner) Withdraw("its planner dropped it");
    }

    private void Withdraw(string why)
    {
        var plan = _talks!.Plan!;
        Log.Info("{Node} forgets {Plan}: {Reason}", Id, plan, why);
        _talks.Drop();
        _journal.Append(new BootstrapWithdrawn(plan.Cluster));
    }

    private void OnClusterExists(ClusterExists cluster)
    {
        switch (_talks!.Record(cluster))
        {
            case Standing.Participant: FoundAsPlanned(); break;
            case Standing.MemberWithoutJournal: Rejoin(cluster); break;
            default: break;
        }
    }

    /// <summary>
    /// The node was a member, and its journal is lost: it follows its cluster with this one, and waits to be readmitted.
    /// </summary>
    private void Rejoin(ClusterExists cluster)
    {
        Timers.Cancel(BootstrapTick.Instance);
        _members.Form(cluster.Cluster, cluster.Voters);
        SeekReadmission($"cluster {cluster.Cluster} knows this node as a member, and its journal has nothing of it");
        TakePart();
    }

    /// <summary>Only members of a cluster send RPCs: who is promised to it belongs to it, too.</summary>
    private void OnRpcOfCluster(RaftRpc rpc)
    {
        if (_talks!.Plan is { } plan && plan.Cluster == rpc.Cluster)
        {
            FoundAsPlanned();
            _current.Receive(rpc);
            return;
        }

        _talks.Record(rpc, Now);
        var reason = $"{rpc.GetType().Name} from {rpc.From} was refused by {Id}: {WaitsForCluster()}.";
        Sender.Tell(new RpcRefused(rpc.Cluster, Id, Term.Zero, reason));
    }

    /// <summary>
    /// The planner's note that the cluster is founded, or another founder's that it heard so. No RPC leaves before it is on disk:
    /// whoever gets one takes the cluster for founded.
    /// </summary>
    private void Found(ClusterId cluster, IReadOnlyList<Incarnation> founders)
    {
        Timers.Cancel(BootstrapTick.Instance);
        Log.Info("{Node} founds cluster {Cluster} of {Members}", Id, cluster, string.Join(", ", founders));
        _members.Form(cluster, founders.Select(f => f.Node));
        _members.Incarnations.Restart(founders);
        _journal.Append(Formed() with { Participants = founders });
        TakePart();
        foreach (var voter in Others) SendWhenDurable(_peers[voter], Existence());
    }

    private ClusterExists Existence() => new(Cluster, Id, _members.Voters) { Incarnations = _members.Incarnations.All };

    /// <summary>What a member of a cluster says to nodes that look for one.</summary>
    private void OnBootstrapMessage(BootstrapMessage message)
    {
        if (message is ClusterExists or BootstrapDropped) return;
        if (message is BootstrapPromise { Plan: var plan } && plan.Cluster != Cluster && plan.Planner == _talks?.Self)
            TellDropped(plan);
        else
            SendWhenDurable(Sender, Existence());
    }
}
