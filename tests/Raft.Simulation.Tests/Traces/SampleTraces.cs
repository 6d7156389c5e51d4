using Raft.Simulation.Traces;

namespace Raft.Simulation.Tests.Traces;

/// <summary>Invented runs, to look at.</summary>
internal static class SampleTraces
{
    private static readonly string[] Five = ["n1", "n2", "n3", "n4", "n5"];

    /// <summary>
    /// n4 and n5 accept entries that are not on their disks and lose them in crashes. With n2 they elect n4, which lacks what
    /// n3 has committed.
    /// </summary>
    public static Trace LostWrites()
    {
        var run = new TraceBuilder(Five);
        AddFaults(run);
        foreach (var node in Five) run.Change(0, node, _ => { });
        run.Elect(212, "n1", 1, "n2", "n3", "n4", "n5");
        Put(run, 400, "c1", "n1", "put k1 = 17");
        Put(run, 700, "c2", "n1", "put k2 = 4");
        run.Beat(330, 1000, "n1");
        Put(run, 1010, "c1", "n1", "put k1 = 18");
        run.Beat(1080, 1500, "n1");
        Put(run, 1520, "c2", "n1", "put k3 = 1");
        run.Beat(1600, 2400, "n1");
        Put(run, 2100, "c1", "n1", "put k1 = 19", "n2");
        run.Beat(2400, 4400, "n1");
        run.Elect(2391, "n3", 2, "n4", "n5");
        Put(run, 2600, "c2", "n3", "put k3 = 2");
        run.Beat(2700, 4900, "n3");
        foreach (var node in new[] { "n4", "n5" })
        {
            run.Change(node == "n4" ? 4605 : 4505, node, n =>
            {
                n.Entries.RemoveRange(5, n.Entries.Count - 5);
                n.Begin(Raft.Actors.Protocol.RaftRole.Follower, 2, "n3");
                n.Durable = n.Commit = 5;
            });
        }

        run.Add(new Noted(TraceBuilder.Ms(4605), "n4", "recovered 5 of 7 entries"));
        run.Add(new Noted(TraceBuilder.Ms(4505), "n5", "recovered 5 of 7 entries"));
        run.Elect(5310, "n4", 3, "n2", "n5");
        run.Beat(5400, 6060, "n4");
        Put(run, 5900, "c1", "n4", "put k1 = 20");
        run.Add(new OperationLasted(TraceBuilder.Ms(5200), "c2", "get k3", "unknown", null));
        run.Add(new PropertyViolated(
            TraceBuilder.Ms(6080), "n4", "state machine safety", "Raft \u00a75.4.3, Figure 3",
            "n3 committed no-op of term 2 at index 6", "n4 committed no-op of term 3 at index 6"));
        return run.Build(
            "Seed 4711: state machine safety violated",
            "dotnet run --project src/Raft.Host -- simulate --seed 4711 --trace run.html", "c1", "c2");
    }

    /// <summary>A long run: some 20,000 messages between nine nodes.</summary>
    public static Trace Long()
    {
        var nodes = Enumerable.Range(1, 9).Select(i => $"n{i}").ToArray();
        var run = new TraceBuilder(nodes);
        for (var i = 0; i < 12; i++)
        {
            run.Partition(4800 + (i * 5000), 5600 + (i * 5000), nodes[..2], nodes[2..]);
            run.Crash(2000 + (i * 5000), 2700 + (i * 5000), nodes[(i + 4) % 9], "killed", "restarted");
        }

        foreach (var node in nodes) run.Change(0, node, _ => { });
        for (var i = 0; i < 12; i++)
        {
            var start = 100 + (i * 5000);
            var leader = nodes[i % 9];
            run.Elect(start, leader, i + 1, nodes);
            for (var at = start + 100; at < start + 4800; at += 200)
            {
                run.Beat(at, at + 150, leader, 50);
                Put(run, at + 160, $"c{1 + (at / 200 % 3)}", leader, $"put k{at % 7} = {at}");
            }
        }

        return run.Build("Seed 1: nothing violated", "dotnet run -- simulate --seed 1", "c1", "c2", "c3");
    }

    private static void AddFaults(TraceBuilder run)
    {
        run.Partition(2000, 4400, ["n1", "n2"], ["n3", "n4", "n5"]);
        run.Partition(4450, 5250, ["n1"], ["n3"]);
        run.Add(new FaultLasted(TraceBuilder.Ms(2450), "n5", "stalled disk", "writes wait", TraceBuilder.Ms(4000), []));
        run.Add(new FaultLasted(TraceBuilder.Ms(2450), "n4", "stalled disk", "writes wait", TraceBuilder.Ms(3600), []));
        run.Add(new FaultLasted(TraceBuilder.Ms(4900), "n3", "pause", "the process is paused", TraceBuilder.Ms(6100), []));
        run.Crash(3600, 4600, "n4", "power failure", "restarted");
        run.Crash(4000, 4500, "n5", "power failure", "restarted");
    }

    private static void Put(TraceBuilder run, double at, string client, string leader, string call, params string[] losing)
    {
        var arrival = run.Send(at, client, leader, "Propose", call);
        var done = arrival is { } heard ? run.Replicate(heard, leader, call, losing) : null;
        double? end = done is { } committed ? run.Send(committed, leader, client, "CommandApplied", call) : null;
        run.Add(new OperationLasted(
            TraceBuilder.Ms(at), client, call, end is null ? "unknown" : $"done, index {run[leader].Commit}",
            TraceBuilder.Ms(end ?? at + 1000)));
    }
}
