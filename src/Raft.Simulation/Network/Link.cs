namespace Raft.Simulation.Network;

/// <summary>The way from one machine to another, with what is wrong with it now. Faults add to it and take away again.</summary>
internal sealed class Link
{
    /// <summary>How many partitions cut it.</summary>
    public int Cuts { get; set; }

    /// <summary>Probability that a message is lost.</summary>
    public double Loss { get; set; }

    /// <summary>Probability that a message arrives twice.</summary>
    public double Duplication { get; set; }

    /// <summary>
    /// Probability that a message takes up to <see cref="SimulatedNetwork.LongDelay"/>, and those behind it too.
    /// </summary>
    public double Delay { get; set; }

    /// <summary>Probability that a message is overtaken by those behind it.</summary>
    public double Reordering { get; set; }

    /// <summary>What it takes longer than others.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>When the last message in order arrives.</summary>
    public TimeSpan LastArrival { get; set; }

    /// <summary>Messages under way.</summary>
    public int UnderWay { get; set; }
}
