using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;
using Raft.Simulation.Checks;
using Raft.Simulation.Disks;
using Raft.Simulation.Engine;
using Raft.Simulation.Network;

namespace Raft.Simulation.Clusters;

/// <summary>A machine with a disk that runs one Raft node: the real supervisor, and under it the real node.</summary>
internal sealed class SimulatedNode : Machine, IDiskObserver, IDisposable
{
    private static readonly ClusterId SimulatedClusterId = new("simulated");

    private readonly SimulatedWorld _world;
    private readonly SeededRandom _elections;
    private LogShadow _shadow;
    private string? _loss;
    private readonly NodeTelemetry _telemetry;
    private int _incarnations;
    private string _whyItStarts = "";

    public SimulatedNode(SimulatedWorld world, RaftSettings settings, int number)
        : base(settings.NodeId.Value, number)
    {
        _world = world;
        Settings = settings;
        _shadow = new LogShadow(world.Committed);
        View = NewView(former: null);
        Disk = new SimulatedDisk(world.Loop, world.System.Serialization, world.Random($"disk {Name}"), this);
        _elections = world.Random($"elections {Name}");
        _telemetry = new NodeTelemetry(
            new NodeScope(settings.Group, new RaftMember(settings.NodeId, Name, number)), world.System.Scheduler);
        var supervisor = RaftNodeSupervisor.NameOf(settings.Group);
        SupervisorEndpoint = world.Network.Add(this, supervisor, () => Process!.Root);
        NodeEndpoint = world.Network.Add(this, $"{supervisor}/{RaftNodeSupervisor.NodeName}", RunningNode);
    }

    public RaftSettings Settings { get; }

    /// <summary>
    /// What checks see of the node. It is replaced when the node has lost its disk, because then its earlier promises no longer
    /// bind it.
    /// </summary>
    public NodeView View { get; private set; }

    public SimulatedDisk Disk { get; }

    public Endpoint SupervisorEndpoint { get; }

    public Endpoint NodeEndpoint { get; }

    /// <summary>Whether its journal is damaged; then it is right to refuse to work.</summary>
    public bool IsDamaged { get; set; }

    public override Endpoint EndpointOf(IActorRef actor) => actor.Path.Depth == 2 ? SupervisorEndpoint : NodeEndpoint;

    /// <summary>Writes the journal of a newly bootstrapped cluster with fixed members to the disk.</summary>
    public void WriteBootstrap()
    {
        var members = Settings.Members.Select(m => m.Id).ToArray();
        var participants = members.Select((id, i) => new Incarnation(id, Journal: i + 1)).ToArray();
        Disk.Store(
            new JournalBegun(Settings.Group, participants.Single(f => f.Node == Settings.NodeId)),
            new ClusterFormed(Settings.ConfiguredClusterId ?? SimulatedClusterId, Settings.Group, Settings.NodeId, members)
            {
                Participants = participants,
            });
    }

    /// <summary>Replaces the disk of a node that is down by a blank one.</summary>
    /// <param name="isNoticed">Whether its host notices that there was a journal.</param>
    public void LoseDisk(bool isNoticed) => Lose(left: 0, isNoticed ? "its journal is gone" : null);

    /// <summary>Removes the newest events from the disk of a node that is down; its host notices.</summary>
    /// <param name="left">The fraction of the events that remains, from 0 to 1.</param>
    public void TruncateJournal(double left)
    {
        const int BootstrapEvents = 2;
        Lose(Math.Min(BootstrapEvents + (int)(left * Disk.Rows), Disk.Rows), "its journal is shorter than it was");
    }

    public void Start(string why)
    {
        if (Process is not null) return;
        if (Disk.IsNew && Settings.Members.Count > 0 && !_world.StartsBlank) WriteBootstrap();
        var process = new NodeProcess(this, _world);
        (Process, _whyItStarts) = (process, why);
        _world.Loop.Add(process);
        process.SetClockRate(View.ClockRate, _world.Loop.Now);
        process.Root = _world.System.ActorOf(
            RaftNodeSupervisor.Props(Settings, () => Props.CreateBy(new NodeProducer(this, process))), process.Name);
    }

    /// <summary>Kills the process between two messages; nothing in it runs again.</summary>
    public void Crash(string why)
    {
        if (Process is not { } process) return;
        process.Kill();
        _world.Loop.Remove(process);
        Process = null;
        Disk.Crash();
        Down();
        _world.Observer.OnUpOrDown(this, isUp: false, why);
    }

    /// <summary>Compares the node with its state before this step, and informs the checks of changes.</summary>
    public void Observe()
    {
        if (Process is not NodeProcess { Node: { IsRecoveryFinished: true, TakesPart: true } node }) return;
        var before = View.State;
        var log = node.Entries;
        var after = new NodeState(
            _incarnations,
            IsRunning: true,
            node.Role,
            node.Term,
            node.VotedFor,
            node.Leader,
            node.CommitIndex,
            node.LastApplied,
            node.DurableIndex,
            log.LastIndex,
            log.LastTerm,
            node.SnapshotIndex,
            log.Start.Index,
            node.PendingProposals,
            node.IsWriting,
            node.IsDeleting,
            node.IsTransferring);
        if (after == before) return;
        View.State = after;
        if (!before.IsRunning) _world.Observer.OnUpOrDown(this, isUp: true, _whyItStarts);
        _world.Observer.OnNodeChanged(new NodeChange(View, before, _shadow.FirstChange(log)));
    }

    public void Dispose() => _telemetry.Dispose();

    void IDiskObserver.OnStored(IReadOnlyList<RaftEvent> events)
    {
        foreach (var e in events)
        {
            View.Disk.Replay(e, _world.Committed.EndAt);
            if (e is Readmitted) View.HasLostData = false;

            // The node has written what its host reported to its journal.
            if (e is ReadmissionSought or JournalBegun { IsSuccessor: true }) _loss = null;
        }

        _world.Observer.OnWritten(View, events);
    }

    void IDiskObserver.OnDeleted(long toSequenceNr) => _world.Observer.OnDeleted(View, toSequenceNr);

    void IDiskObserver.OnTrouble(string what) => _world.Observer.OnNote(this, what);

    private void Down()
    {
        if (!View.State.IsRunning) return;
        var before = View.State;
        View.State = before with { IsRunning = false };
        _world.Observer.OnNodeChanged(new NodeChange(View, before, FirstChanged: null));
    }

    private NodeView NewView(NodeView? former) =>
        new(Settings.NodeId, () => _shadow.Whole)
        {
            Preference = Settings.LeadershipPreference,
            Former = former,
            ClockRate = former?.ClockRate ?? 1,
            HasLostData = former is not null,
        };

    private void Lose(int left, string? loss)
    {
        var events = Disk.Lose(left);
        _shadow = new LogShadow(_world.Committed);
        View = NewView(View);
        _world.Observer.OnDiskLost(this);
        ((IDiskObserver)this).OnStored(events);
        (View.HasLostData, _loss) = (true, loss);
    }

    private IActorRef RunningNode() =>
        Process!.Root is ActorRefWithCell supervisor
            ? supervisor.GetSingleChild(RaftNodeSupervisor.NodeName)
            : ActorRefs.Nobody;

    private RaftNode Produce(NodeProcess process)
    {
        _incarnations++;
#pragma warning disable AK1000 // This is how Props.CreateBy makes an actor.
        var settings = _loss is null ? Settings : Settings.With(_loss);
        return process.Node = new RaftNode(settings, new Peers(_world, this, process), NewStateMachine, _elections, _telemetry);
#pragma warning restore AK1000
    }

    private void Release(NodeProcess process)
    {
        if (process.IsDead) return;
        process.Node = null;
        _whyItStarts = "restarted by its supervisor";
        Down();
        _world.Observer.OnUpOrDown(this, isUp: false, "the node stopped");
    }

    private ObservedStateMachine NewStateMachine() => new(_world, this);

    private sealed class NodeProducer(SimulatedNode machine, NodeProcess process) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RaftNode);

        public ActorBase Produce() => machine.Produce(process);

        public void Release(ActorBase actor) => machine.Release(process);
    }

    private sealed class NodeProcess(SimulatedNode machine, SimulatedWorld world)
        : NetworkedProcess(world.NewProcessName(machine.Name, out var number), number, machine, world.Network), IHasDisk
    {
        public RaftNode? Node { get; set; }

        public SimulatedDisk Disk => machine.Disk;
    }

    private sealed class Peers(SimulatedWorld world, SimulatedNode self, NodeProcess process) : IPeers
    {
        public IEnumerable<NodeId> Known => world.Nodes.Where(n => world.Knows(self, n)).Select(n => n.Settings.NodeId);

        public IActorRef this[NodeId node] => world.NodeOf(node) is var other && world.Knows(self, other)
            ? process.RefTo(other.NodeEndpoint)
            : ActorRefs.Nobody;

        public string AddressOf(NodeId node) => world.NodeOf(node).NodeEndpoint.Path.Address.ToString();

        /// <summary>There are no connections in the simulated network.</summary>
        public void Heard(NodeId node)
        {
        }
    }
}
