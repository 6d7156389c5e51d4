using Raft.Simulation.Faults;
using Raft.Simulation.Network;

namespace Raft.Simulation.Clusters;

/// <summary>Injects the faults of the network and ends them.</summary>
internal sealed class NetworkFaults(SimulatedWorld world)
{
    /// <returns>An action that ends the fault.</returns>
    public Action Begin(Fault fault) => fault.Kind switch
    {
        FaultKind.Loss => On(Touching(fault), link => link.Loss += fault.Strength, link => link.Loss -= fault.Strength),
        FaultKind.Duplication => On(
            Touching(fault), link => link.Duplication += fault.Strength, link => link.Duplication -= fault.Strength),
        FaultKind.Delay => On(Touching(fault), link => link.Delay += fault.Strength, link => link.Delay -= fault.Strength),
        FaultKind.Reordering => On(
            Touching(fault), link => link.Reordering += fault.Strength, link => link.Reordering -= fault.Strength),
        FaultKind.SlowLink => Slow(fault),
        FaultKind.Flapping => Flap(fault, world.Loop.Now + fault.Duration),
        _ => Cut(CutLinks(fault)),
    };

    /// <summary>Returns the links that a partition cuts.</summary>
    public IReadOnlyList<(Machine From, Machine To)> CutLinks(Fault fault) => fault.Kind switch
    {
        FaultKind.Partition or FaultKind.Flapping => Both(Between(Group(fault.Nodes), Rest(fault.Nodes))),
        FaultKind.OneWayPartition => [.. Between(Group(fault.Nodes), Rest(fault.Nodes))],
        FaultKind.Bridge => Both(Between(Group(fault.Nodes.Skip(1)), Rest(fault.Nodes))),
        _ => [],
    };

    private Action Cut(IReadOnlyList<(Machine From, Machine To)> links)
    {
        foreach (var (from, to) in links) world.Network[from, to].Cuts++;
        return () =>
        {
            foreach (var (from, to) in links) world.Network[from, to].Cuts--;
        };
    }

    private Action Flap(Fault fault, TimeSpan end)
    {
        var period = TimeSpan.FromMilliseconds(fault.Strength);
        var heal = Cut(CutLinks(fault));
        var isCut = true;
        void Turn()
        {
            if (world.Loop.Now >= end) return;
            if (isCut) heal();
            else heal = Cut(CutLinks(fault));
            isCut = !isCut;
            world.Loop.Schedule(period, Turn);
        }

        world.Loop.Schedule(period, Turn);
        return () =>
        {
            if (isCut) heal();
            isCut = false;
        };
    }

    private Action Slow(Fault fault)
    {
        var slowness = TimeSpan.FromMilliseconds(fault.Strength);
        var ends = Group(fault.Nodes).ToArray();
        return On(Both(Between(ends[..1], ends[1..])), link => link.Slowness += slowness, link => link.Slowness -= slowness);
    }

    private Action On(IReadOnlyList<(Machine From, Machine To)> links, Action<Link> begin, Action<Link> end)
    {
        foreach (var (from, to) in links) begin(world.Network[from, to]);
        return () =>
        {
            foreach (var (from, to) in links) end(world.Network[from, to]);
        };
    }

    /// <summary>Returns all links of these nodes, to and from clients too, or all links if no node is named.</summary>
    private IReadOnlyList<(Machine From, Machine To)> Touching(Fault fault)
    {
        var nodes = fault.Nodes.Count == 0 ? world.Nodes : [.. Group(fault.Nodes)];
        return
        [
            .. from one in world.Machines
               from other in world.Machines
               where one != other && (nodes.Contains(one) || nodes.Contains(other))
               select (one, other),
        ];
    }

    private IEnumerable<SimulatedNode> Group(IEnumerable<int> nodes) => nodes.Select(n => world.Nodes[n]);

    private IEnumerable<SimulatedNode> Rest(IEnumerable<int> nodes) => world.Nodes.Except(Group(nodes));

    private static IEnumerable<(Machine From, Machine To)> Between(
        IEnumerable<SimulatedNode> group, IEnumerable<SimulatedNode> rest) =>
        from one in @group
        from other in rest
        select ((Machine)one, (Machine)other);

    private static IReadOnlyList<(Machine From, Machine To)> Both(IEnumerable<(Machine From, Machine To)> links) =>
        [.. links.SelectMany(link => new[] { link, (link.To, link.From) })];
}
