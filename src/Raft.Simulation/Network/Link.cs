namespace Raft.Simulation.Network;

/// <summary>The link from one machine to another, with its current faults.</summary>
internal sealed class Link
{
    /// <summary>The number of partitions that cut it.</summary>
    public int Cuts { get; set; }

    /// <summary>The probability that a message is lost.</summary>
    public double Loss { get; set; }

    /// <summary>The probability that a message arrives twice.</summary>
    public double Duplication { get; set; }

    /// <summary>
    /// The probability that a message is delayed by up to <see cref="SimulatedNetwork.LongDelay"/>, together with those behind
    /// it.
    /// </summary>
    public double Delay { get; set; }

    /// <summary>The probability that a message is overtaken by those behind it.</summary>
    public double Reordering { get; set; }

    /// <summary>The additional latency.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>The arrival time of the last message that stays in order.</summary>
    public TimeSpan LastArrival { get; set; }

    /// <summary>The number of messages in flight.</summary>
    public int UnderWay { get; set; }
}
