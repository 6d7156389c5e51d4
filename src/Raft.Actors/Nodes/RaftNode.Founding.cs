using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Before there is a cluster: nodes without one look for each other and found it together (<c>raft.bootstrap-expect</c>).
/// <see cref="FoundingTalks"/> has the rules; here they meet the journal and the network. Every promise, and every word about
/// what became of one, leaves when it is on disk.
/// </summary>
internal sealed partial class RaftNode
{
    private FoundingTalks? _talks;
    private string? _waitsFor;

    /// <summary>How often a node without a cluster tells that it is there.</summary>
    private TimeSpan FoundingInterval => _settings.ElectionTimeoutMin;

    private void BeginTalks()
    {
        if (_talks is null)
        {
            _talks = NewTalks(new Founder(Id, UnusedNumber() + 1));
            Change(new JournalBegun(_settings.Group, _talks.Self));
        }

        _behaviour = Talking;
        Become(_behaviour);
        OnFoundingTick();
        Flush();
    }

    private FoundingTalks NewTalks(Founder self) => new(self, _settings.BootstrapExpect, patience: 6 * FoundingInterval);

    private void Talking(object message)
    {
        switch (message)
        {
            case FoundingTick: OnFoundingTick(); break;
            case FounderPresent other: OnFounderPresent(other); break;
            case ProposeFounding proposal: OnProposal(proposal.Plan); break;
            case FoundingPromise promise: OnPromise(promise); break;
            case FoundingDropped dropped: OnDropped(dropped.Cluster); break;
            case ClusterExists cluster: OnClusterExists(cluster); break;
            case RaftRpc rpc: OnRpcOfCluster(rpc); break;
            case JournalDeadline deadline: OnJournalDeadline(deadline); break;
            case Terminated: throw StateMachineFailed();
            default: Absence.Answer(message, Sender, Context.Parent, Id, WaitsForCluster()); break;
        }

        Flush();
    }

    private string WaitsForCluster() => $"it has no cluster yet: {_talks!.WaitsFor(Now)}";

    private void OnFoundingTick()
    {
        var talks = _talks!;
        Timers.StartSingleTimer(FoundingTick.Instance, FoundingTick.Instance, FoundingInterval);
        if (talks.IsPlanHopeless(Now)) Withdraw($"{talks.WaitsFor(Now)}, in vain");
        if (talks.Founders(Now) is { } founders) PromiseTo(new FoundingPlan(NewClusterId(), founders));
        if (talks.IsComplete) FoundAsPlanned();
        else SayWhereItStands(talks);
    }

    /// <summary>Says to all in reach what this node has to say; what gets lost is said again at the next tick.</summary>
    private void SayWhereItStands(FoundingTalks talks)
    {
        object word = talks.Plan is not { } plan ? new FounderPresent(talks.Self, talks.Expect)
            : talks.IsPlanner ? new ProposeFounding(plan)
            : new FoundingPromise(plan, talks.Self);
        var receivers = talks.Plan is { } promised ? promised.Voters : _peers.Known;
        var others = receivers.Where(node => node != Id).ToArray();
        Promise(() =>
        {
            foreach (var other in others) _peers[other].Tell(word);
        });

        var waitsFor = talks.WaitsFor(Now);
        if (waitsFor == _waitsFor) return;
        _waitsFor = waitsFor;
        Log.Info("{Node} has no cluster yet: {Reason}", Id, waitsFor);
    }

    private void OnFounderPresent(FounderPresent other)
    {
        if (other.From.Node != Id) _talks!.Hear(other, Now);
        else if (other.From.Journal != _talks!.Self.Journal) WarnOnce($"Another node calls itself {Id}, as this node does.");
    }

    private void OnProposal(FoundingPlan plan)
    {
        if (FoundingGuard.Problem(plan) is { } problem)
        {
            WarnOnce($"A plan to found {plan} was refused: {problem}.");
            return;
        }

        var talks = _talks!;
        if (!talks.MayPromise(plan)) return;
        if (talks.Plan != plan) PromiseTo(plan);
        var promise = new FoundingPromise(plan, talks.Self);
        var planner = Sender;
        Promise(() => planner.Tell(promise));
    }

    private void PromiseTo(FoundingPlan plan)
    {
        Log.Info("{Node} promises itself to {Plan} of {Planner}", Id, plan, plan.Planner);
        _talks!.Promise(plan, Now);
        Change(new FoundingPromised(plan));
    }

    private void OnPromise(FoundingPromise promise)
    {
        var talks = _talks!;
        talks.Take(promise);
        if (promise.Plan.Planner == talks.Self && promise.Plan != talks.Plan) TellDropped(promise.Plan);
        if (talks.IsComplete) FoundAsPlanned();
    }

    private void FoundAsPlanned() => Found(_talks!.Plan!.Cluster, _talks.Plan.Voters);

    private void TellDropped(FoundingPlan plan) => Promise(Sender, new FoundingDropped(plan.Cluster));

    private void OnDropped(ClusterId cluster)
    {
        if (_talks!.Plan?.Cluster == cluster && !_talks.IsPlanner) Withdraw("its planner dropped it");
    }

    private void Withdraw(string why)
    {
        var plan = _talks!.Plan!;
        Log.Info("{Node} forgets {Plan}: {Reason}", Id, plan, why);
        _talks.Drop();
        Change(new FoundingWithdrawn(plan.Cluster));
    }

    private void OnClusterExists(ClusterExists cluster)
    {
        if (_talks!.Hear(cluster)) FoundAsPlanned();
    }

    /// <summary>Only members of a cluster send RPCs: who is promised to it belongs to it, too.</summary>
    private void OnRpcOfCluster(RaftRpc rpc)
    {
        if (_talks!.Plan is { } plan && plan.Cluster == rpc.Cluster)
        {
            FoundAsPlanned();
            _behaviour(rpc);
            return;
        }

        var reason = $"{rpc.GetType().Name} from {rpc.From} was refused by {Id}: {WaitsForCluster()}.";
        Sender.Tell(new RpcRefused(rpc.Cluster, Id, Term.Zero, reason));
    }

    /// <summary>
    /// The planner's note that the cluster is founded, or another founder's that it heard so. No RPC leaves before it is on disk:
    /// whoever gets one takes the cluster for founded.
    /// </summary>
    private void Found(ClusterId cluster, IReadOnlyList<NodeId> voters)
    {
        Timers.Cancel(FoundingTick.Instance);
        Log.Info("{Node} founds cluster {Cluster} of {Members}", Id, cluster, string.Join(", ", voters));
        Form(cluster, voters);
        TakePart();
        foreach (var voter in voters.Where(v => v != Id)) Promise(_peers[voter], Existence());
    }

    private void Form(ClusterId cluster, IReadOnlyList<NodeId> voters)
    {
        (_cluster, _voters, _isFormed) = (cluster, [.. voters], true);
        Change(new ClusterFormed(cluster, _settings.Group, Id, voters));
        _termChange = _changesMade;
    }

    private ClusterExists Existence() => new(_cluster, Id, _voters);

    /// <summary>What a member of a cluster says to nodes that look for one.</summary>
    private void OnFoundingMessage(FoundingMessage message)
    {
        if (message is ClusterExists or FoundingDropped) return;
        if (message is FoundingPromise { Plan: var plan } && plan.Cluster != _cluster && plan.Planner == _talks?.Self)
            TellDropped(plan);
        else
            Promise(Sender, Existence());
    }

    private ClusterId NewClusterId()
    {
        const int HalfBits = 32;
        long Half() => (long)(_random.NextDouble() * (1L << HalfBits));
        return new ClusterId($"{Half():x8}{Half():x8}");
    }
}
