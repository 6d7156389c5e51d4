namespace Raft.Simulation.Faults;

/// <summary>
/// The faults of a run. Each property is the probability that a fault of this kind starts within a second of virtual time; the
/// default 0 disables it. Duration, target and severity of a fault are derived from the seed.
/// </summary>
/// <example>
/// <code>
/// var options = FaultOptions.Network with { Crash = 0.1 };
/// </code>
/// </example>
public sealed record FaultOptions
{
    private const double Often = 0.03;
    private const double Seldom = 0.015;

    /// <summary>No faults.</summary>
    public static readonly FaultOptions None = new();

    /// <summary>All network faults.</summary>
    public static readonly FaultOptions Network = new()
    {
        Loss = Often,
        Duplication = Often,
        Delay = Often,
        Reordering = Often,
        Partition = Often,
        OneWayPartition = Seldom,
        Bridge = Seldom,
        Flapping = Seldom,
        SlowLink = Seldom,
    };

    /// <summary>All process faults.</summary>
    public static readonly FaultOptions Processes = new() { Crash = 2 * Often, CrashAll = Seldom, Pause = Often };

    /// <summary>All disk faults.</summary>
    public static readonly FaultOptions Disks = new()
    {
        SlowDisk = Often,
        StalledDisk = Often,
        FailingWrites = Seldom,
        RejectedWrites = Seldom,
        FalseFailures = Seldom,
        UnreadableJournal = Seldom,
        DamagedJournal = Seldom,
        BlankDisk = Seldom,
        TruncatedJournal = Seldom,
    };

    /// <summary>All clock faults.</summary>
    public static readonly FaultOptions Clocks = new() { ClockDrift = Often, ClockJump = Seldom };

    /// <summary>All actions of operators.</summary>
    public static readonly FaultOptions Operators = new() { LeadershipTransfer = 2 * Often };

    /// <summary>All faults.</summary>
    public static readonly FaultOptions All = Network.And(Processes).And(Disks).And(Clocks).And(Operators);

    /// <summary>See <see cref="FaultKind.Loss"/>.</summary>
    public double Loss { get; init; }

    /// <summary>See <see cref="FaultKind.Duplication"/>.</summary>
    public double Duplication { get; init; }

    /// <summary>See <see cref="FaultKind.Delay"/>.</summary>
    public double Delay { get; init; }

    /// <summary>See <see cref="FaultKind.Reordering"/>.</summary>
    public double Reordering { get; init; }

    /// <summary>See <see cref="FaultKind.Partition"/>.</summary>
    public double Partition { get; init; }

    /// <summary>See <see cref="FaultKind.OneWayPartition"/>.</summary>
    public double OneWayPartition { get; init; }

    /// <summary>See <see cref="FaultKind.Bridge"/>.</summary>
    public double Bridge { get; init; }

    /// <summary>See <see cref="FaultKind.Flapping"/>.</summary>
    public double Flapping { get; init; }

    /// <summary>See <see cref="FaultKind.SlowLink"/>.</summary>
    public double SlowLink { get; init; }

    /// <summary>See <see cref="FaultKind.Crash"/>.</summary>
    public double Crash { get; init; }

    /// <summary>See <see cref="FaultKind.CrashAll"/>.</summary>
    public double CrashAll { get; init; }

    /// <summary>See <see cref="FaultKind.Pause"/>.</summary>
    public double Pause { get; init; }

    /// <summary>See <see cref="FaultKind.SlowDisk"/>.</summary>
    public double SlowDisk { get; init; }

    /// <summary>See <see cref="FaultKind.StalledDisk"/>.</summary>
    public double StalledDisk { get; init; }

    /// <summary>See <see cref="FaultKind.FailingWrites"/>.</summary>
    public double FailingWrites { get; init; }

    /// <summary>See <see cref="FaultKind.RejectedWrites"/>.</summary>
    public double RejectedWrites { get; init; }

    /// <summary>See <see cref="FaultKind.FalseFailures"/>.</summary>
    public double FalseFailures { get; init; }

    /// <summary>See <see cref="FaultKind.UnreadableJournal"/>.</summary>
    public double UnreadableJournal { get; init; }

    /// <summary>See <see cref="FaultKind.DamagedJournal"/>.</summary>
    public double DamagedJournal { get; init; }

    /// <summary>See <see cref="FaultKind.BlankDisk"/>.</summary>
    public double BlankDisk { get; init; }

    /// <summary>See <see cref="FaultKind.TruncatedJournal"/>.</summary>
    public double TruncatedJournal { get; init; }

    /// <summary>See <see cref="FaultKind.ClockDrift"/>.</summary>
    public double ClockDrift { get; init; }

    /// <summary>See <see cref="FaultKind.ClockJump"/>.</summary>
    public double ClockJump { get; init; }

    /// <summary>See <see cref="FaultKind.LeadershipTransfer"/>.</summary>
    public double LeadershipTransfer { get; init; }

    /// <summary>Returns the probability of a kind of fault.</summary>
    /// <param name="kind">The kind of fault.</param>
    public double this[FaultKind kind] => kind switch
    {
        FaultKind.Loss => Loss,
        FaultKind.Duplication => Duplication,
        FaultKind.Delay => Delay,
        FaultKind.Reordering => Reordering,
        FaultKind.Partition => Partition,
        FaultKind.OneWayPartition => OneWayPartition,
        FaultKind.Bridge => Bridge,
        FaultKind.Flapping => Flapping,
        FaultKind.SlowLink => SlowLink,
        FaultKind.Crash => Crash,
        FaultKind.CrashAll => CrashAll,
        FaultKind.Pause => Pause,
        FaultKind.SlowDisk => SlowDisk,
        FaultKind.StalledDisk => StalledDisk,
        FaultKind.FailingWrites => FailingWrites,
        FaultKind.RejectedWrites => RejectedWrites,
        FaultKind.FalseFailures => FalseFailures,
        FaultKind.UnreadableJournal => UnreadableJournal,
        FaultKind.DamagedJournal => DamagedJournal,
        FaultKind.BlankDisk => BlankDisk,
        FaultKind.TruncatedJournal => TruncatedJournal,
        FaultKind.ClockDrift => ClockDrift,
        FaultKind.ClockJump => ClockJump,
        FaultKind.LeadershipTransfer => LeadershipTransfer,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of fault does not exist."),
    };

    /// <summary>Parses a list such as <c>network,crash</c>.</summary>
    /// <param name="text">
    /// <c>all</c>, <c>none</c>, or a comma-separated list of <c>network</c>, <c>crash</c>, <c>disk</c>, <c>clock</c> and
    /// <c>operator</c>.
    /// </param>
    /// <exception cref="FormatException">A name is unknown. The message lists the valid names.</exception>
    public static FaultOptions Parse(string text) => text.Trim() switch
    {
        "all" => All,
        "none" => None,
        _ => text.Split(',', StringSplitOptions.TrimEntries).Select(Group).Aggregate(None, (all, group) => all.And(group)),
    };

    /// <summary>Combines two sets of faults, with the higher probability for each kind.</summary>
    /// <param name="other">The other set.</param>
    public FaultOptions And(FaultOptions other) => new()
    {
        Loss = Math.Max(Loss, other.Loss),
        Duplication = Math.Max(Duplication, other.Duplication),
        Delay = Math.Max(Delay, other.Delay),
        Reordering = Math.Max(Reordering, other.Reordering),
        Partition = Math.Max(Partition, other.Partition),
        OneWayPartition = Math.Max(OneWayPartition, other.OneWayPartition),
        Bridge = Math.Max(Bridge, other.Bridge),
        Flapping = Math.Max(Flapping, other.Flapping),
        SlowLink = Math.Max(SlowLink, other.SlowLink),
        Crash = Math.Max(Crash, other.Crash),
        CrashAll = Math.Max(CrashAll, other.CrashAll),
        Pause = Math.Max(Pause, other.Pause),
        SlowDisk = Math.Max(SlowDisk, other.SlowDisk),
        StalledDisk = Math.Max(StalledDisk, other.StalledDisk),
        FailingWrites = Math.Max(FailingWrites, other.FailingWrites),
        RejectedWrites = Math.Max(RejectedWrites, other.RejectedWrites),
        FalseFailures = Math.Max(FalseFailures, other.FalseFailures),
        UnreadableJournal = Math.Max(UnreadableJournal, other.UnreadableJournal),
        DamagedJournal = Math.Max(DamagedJournal, other.DamagedJournal),
        BlankDisk = Math.Max(BlankDisk, other.BlankDisk),
        TruncatedJournal = Math.Max(TruncatedJournal, other.TruncatedJournal),
        ClockDrift = Math.Max(ClockDrift, other.ClockDrift),
        ClockJump = Math.Max(ClockJump, other.ClockJump),
        LeadershipTransfer = Math.Max(LeadershipTransfer, other.LeadershipTransfer),
    };

    private static FaultOptions Group(string name) => name switch
    {
        "network" => Network,
        "crash" => Processes,
        "disk" => Disks,
        "clock" => Clocks,
        "operator" => Operators,
        _ => throw new FormatException(
            $"'{name}' is not a kind of fault. Use all, none, or a comma-separated list of network, crash, disk, clock and "
            + "operator."),
    };
}
