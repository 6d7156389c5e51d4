namespace Raft.Simulation.Faults;

/// <summary>The kinds of faults. Each fault starts at some moment and lasts for a while.</summary>
public enum FaultKind
{
    /// <summary>Messages are lost.</summary>
    Loss,

    /// <summary>Messages are delivered twice, except commands of clients, because Akka.Remote delivers at most once.</summary>
    Duplication,

    /// <summary>Some messages are delayed by up to two seconds, and the messages behind them wait.</summary>
    Delay,

    /// <summary>Some messages are overtaken by later ones.</summary>
    Reordering,

    /// <summary>The nodes are split into two groups that can't reach each other.</summary>
    Partition,

    /// <summary>One group of nodes can't reach the other, but the other reaches it.</summary>
    OneWayPartition,

    /// <summary>Two groups that can't reach each other share a node that reaches both.</summary>
    Bridge,

    /// <summary>A partition starts and ends several times per second.</summary>
    Flapping,

    /// <summary>The link between two nodes is slow, in both directions.</summary>
    SlowLink,

    /// <summary>
    /// A node's process dies at any step, even between a write and its effects. It restarts when the fault ends.
    /// </summary>
    Crash,

    /// <summary>All nodes die at once. They restart when the fault ends, at slightly different times.</summary>
    CrashAll,

    /// <summary>A node's process is paused. When it resumes, it handles everything that has accumulated.</summary>
    Pause,

    /// <summary>A node's disk is slow.</summary>
    SlowDisk,

    /// <summary>A node's disk is stalled for seconds.</summary>
    StalledDisk,

    /// <summary>Writes fail and have no effect.</summary>
    FailingWrites,

    /// <summary>The journal rejects writes. They have no effect, and the journal plugin continues.</summary>
    RejectedWrites,

    /// <summary>Writes are reported as failed but take effect, immediately or a little later.</summary>
    FalseFailures,

    /// <summary>The journal can't be read. Nodes that start meanwhile fail.</summary>
    UnreadableJournal,

    /// <summary>
    /// A bit of a journal flips while its node is down, and the node must notice. The bit is restored when the fault ends.
    /// </summary>
    DamagedJournal,

    /// <summary>
    /// A node's disk is replaced by a blank one while the node is down, as long as fewer than a majority have lost data. In half
    /// of the cases its host notices that there was a journal.
    /// </summary>
    BlankDisk,

    /// <summary>
    /// A node's journal loses its newest events while the node is down, as long as fewer than a majority have lost data. Its host
    /// notices that the journal has become shorter.
    /// </summary>
    TruncatedJournal,

    /// <summary>A node's clock runs up to ten percent too fast or too slow.</summary>
    ClockDrift,

    /// <summary>A node's wall clock jumps by up to a day.</summary>
    ClockJump,

    /// <summary>An operator requests a leadership transfer, to a given node or to the one that the leader chooses.</summary>
    LeadershipTransfer,
}
