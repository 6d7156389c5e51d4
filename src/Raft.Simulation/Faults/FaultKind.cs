namespace Raft.Simulation.Faults;

/// <summary>What can go wrong. Each kind is a fault that begins at a moment and lasts for a while.</summary>
public enum FaultKind
{
    /// <summary>Messages are lost.</summary>
    Loss,

    /// <summary>Messages arrive twice, but for commands of clients: Akka.Remote delivers at most once.</summary>
    Duplication,

    /// <summary>Some messages take up to two seconds, and those behind them wait.</summary>
    Delay,

    /// <summary>Some messages are overtaken by those behind them.</summary>
    Reordering,

    /// <summary>The nodes fall into two groups that do not reach each other.</summary>
    Partition,

    /// <summary>One group of nodes does not reach the other, which reaches it.</summary>
    OneWayPartition,

    /// <summary>Two groups that do not reach each other share one node that reaches both.</summary>
    Bridge,

    /// <summary>A partition that comes and goes several times a second.</summary>
    Flapping,

    /// <summary>The link between two nodes is slow, in both directions.</summary>
    SlowLink,

    /// <summary>A node's process dies, at any step: also between a write and its effects. It starts again at the end.</summary>
    Crash,

    /// <summary>All nodes die at once, and start again at the end, not quite together.</summary>
    CrashAll,

    /// <summary>A node's process stands still, then does everything that has gathered.</summary>
    Pause,

    /// <summary>A node's disk is slow.</summary>
    SlowDisk,

    /// <summary>A node's disk does nothing, for seconds.</summary>
    StalledDisk,

    /// <summary>Writes fail, and are not done.</summary>
    FailingWrites,

    /// <summary>The journal rejects writes: they are not done, and the plugin goes on.</summary>
    RejectedWrites,

    /// <summary>Writes are told to have failed and are done all the same, now or a little later.</summary>
    FalseFailures,

    /// <summary>The journal can't be read; nodes that start meanwhile fail.</summary>
    UnreadableJournal,

    /// <summary>A bit of a journal flips while its node is down; the node must notice. The bit is put right at the end.</summary>
    DamagedJournal,

    /// <summary>
    /// A node gets a blank disk while it is down, as long as fewer than a majority have lost something. In half the cases its
    /// host notices that there was a journal.
    /// </summary>
    BlankDisk,

    /// <summary>
    /// A node's disk loses its newest events while the node is down, as long as fewer than a majority have lost something; its
    /// host notices that the journal is shorter than it was.
    /// </summary>
    OlderDisk,

    /// <summary>A node's clock runs up to a tenth too fast or too slow.</summary>
    ClockDrift,

    /// <summary>A node's wall clock jumps by up to a day.</summary>
    ClockJump,

    /// <summary>An operator asks a node to have the group led by another: by a certain one, or by the best placed.</summary>
    LeadershipTransfer,
}
