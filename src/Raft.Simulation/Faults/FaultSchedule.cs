using Raft.Simulation.Engine;

namespace Raft.Simulation.Faults;

/// <summary>
/// Draws the faults of a run before it begins, so that a failing run can be repeated with fewer of them. Each run has some
/// kinds more frequently and lacks others (swarm testing: Groce et al., 2012), because faults can hide one another.
/// </summary>
internal static class FaultSchedule
{
    private const double LateStart = 0.1;
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LatestStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BootstrapTime = TimeSpan.FromSeconds(15);
    private static readonly double[] Appetite = [0, 0.5, 1, 3];

    public static IReadOnlyList<Fault> Draw(FaultOptions options, SeededRandom random, int nodes, TimeSpan duration)
    {
        var faults = new List<Fault>();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var probability = options[kind] * Appetite[random.Next(Appetite.Length)];
            for (var second = 1; second < duration.TotalSeconds; second++)
            {
                if (random.Chance(probability)) faults.Add(Draw(kind, TimeSpan.FromSeconds(second), random, nodes, duration));
            }
        }

        if (options.Crash > 0) faults.AddRange(DrawLateStarts(random, nodes, duration));
        return [.. faults.OrderBy(f => f.At).ThenBy(f => f.Kind)];
    }

    /// <summary>Nodes that start late, and crash repeatedly while the cluster is bootstrapped.</summary>
    public static IEnumerable<Fault> DrawBootstrap(FaultOptions options, SeededRandom random, int nodes, TimeSpan duration)
    {
        if (options.Crash == 0) yield break;
        var last = duration < BootstrapTime ? duration : BootstrapTime;
        for (var node = 0; node < nodes; node++)
        {
            for (var crashes = random.Next(5); crashes > 0; crashes--)
            {
                var at = random.Between(AtOnce, last);
                yield return new Fault(FaultKind.Crash, at, random.Between(TimeSpan.Zero, last - at), [node], random.Next(40));
            }
        }
    }

    private static Fault Draw(FaultKind kind, TimeSpan second, SeededRandom random, int nodes, TimeSpan duration)
    {
        var at = second + random.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        var end = at + Duration(kind, random);
        if (end > duration) end = duration;
        return new Fault(kind, at, end < at ? TimeSpan.Zero : end - at, Whom(kind, random, nodes), Strength(kind, random));
    }

    /// <summary>
    /// Some nodes crash as soon as they start and return when others lead. Only then is a log empty while others are not.
    /// </summary>
    private static IEnumerable<Fault> DrawLateStarts(SeededRandom random, int nodes, TimeSpan duration)
    {
        var longest = (duration < LatestStart ? duration : LatestStart) - AtOnce;
        for (var node = 0; node < nodes; node++)
        {
            if (!random.Chance(LateStart)) continue;
            var late = random.Between(TimeSpan.Zero, longest);
            yield return new Fault(FaultKind.Crash, AtOnce, late, [node], random.Next(10));
        }
    }

    /// <summary>Most durations are short, some are long: every doubling of the shortest duration is equally likely.</summary>
    private static TimeSpan Duration(FaultKind kind, SeededRandom random)
    {
        var (shortest, doublings) = kind switch
        {
            FaultKind.ClockDrift => (1.0, 5),
            FaultKind.DamagedJournal or FaultKind.UnreadableJournal => (0.5, 3),
            FaultKind.CrashAll => (0.01, 8),
            FaultKind.LeadershipTransfer => (0.0, 1),

            // Often long enough for the others to elect a leader and commit while an old leader does not know.
            FaultKind.Partition or FaultKind.OneWayPartition or FaultKind.Bridge or FaultKind.Flapping => (0.1, 7),
            FaultKind.Loss or FaultKind.Delay or FaultKind.Duplication or FaultKind.Reordering => (0.5, 4),
            _ => (0.01, 9),
        };
        return TimeSpan.FromSeconds(shortest * (1 << random.Next(doublings)) * (1 + random.NextDouble()));
    }

    private static int[] Whom(FaultKind kind, SeededRandom random, int nodes)
    {
        var order = Enumerable.Range(0, nodes).ToArray();
        for (var i = nodes - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var count = kind switch
        {
            FaultKind.CrashAll => 0,
            FaultKind.Partition or FaultKind.OneWayPartition or FaultKind.Flapping => 1 + random.Next(nodes - 1),
            FaultKind.Bridge => 1 + ((nodes - 1) / 2),
            FaultKind.SlowLink => 2,
            FaultKind.LeadershipTransfer => 1 + random.Next(2),
            FaultKind.Loss or FaultKind.Duplication or FaultKind.Delay or FaultKind.Reordering =>
                random.Chance(0.5) ? 0 : 1 + random.Next(nodes),
            _ => 1,
        };
        return order[..Math.Min(count, nodes)];
    }

    private static double Strength(FaultKind kind, SeededRandom random) => kind switch
    {
        FaultKind.Loss or FaultKind.Duplication or FaultKind.Delay or FaultKind.Reordering => 0.02 + (0.5 * random.NextDouble()),
        FaultKind.FailingWrites or FaultKind.RejectedWrites or FaultKind.FalseFailures => 0.1 + (0.7 * random.NextDouble()),
        FaultKind.SlowLink => 5 + (300 * random.NextDouble()),
        FaultKind.SlowDisk => 5 + (400 * random.NextDouble()),
        FaultKind.Flapping => 30 + (600 * random.NextDouble()),
        FaultKind.Crash => random.Next(40),
        FaultKind.ClockDrift => 0.9 + (0.2 * random.NextDouble()),
        FaultKind.ClockJump => 86_400_000 * ((2 * random.NextDouble()) - 1),
        _ => random.NextDouble(),
    };
}
