using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Raft.Simulation.Engine;

/// <summary>
/// Runs an ActorSystem in one thread and in virtual time. Actors with messages run one message at a time, in an order that the
/// seed determines. If no actor has a message, time jumps to the next timer, arrival or disk write.
/// </summary>
internal sealed class EventLoop
{
    /// <summary>
    /// The key of an ActorSystem's configuration that names its loop; the scheduler reads it below <c>akka.scheduler</c>.
    /// </summary>
    public const string Key = "raft.simulation.loop";

    private static readonly ConcurrentDictionary<string, WeakReference<EventLoop>> Loops = new();
    private static long _loops;

    /// <summary>Actors that handle this many messages without any time passing will never stop.</summary>
    private const long MaxStepsAtOneMoment = 1_000_000;

    private readonly List<Ready> _ready = [];
    private readonly PriorityQueue<TimedEvent, Moment> _timed = new();
    private readonly Dictionary<string, SimulatedProcess> _processes = new(StringComparer.Ordinal);
    private readonly List<SimulatedProcess> _allProcesses = [];
    private bool _isCleaning;
    private Random _random = new SeededRandom(0, "start");
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _timedEvents;
    private long _stepsAtThisMoment;
    private long _processesSoFar;
    private TraceHash _hash;

    public EventLoop()
    {
        Id = $"{Interlocked.Increment(ref _loops)}";
        Loops[Id] = new WeakReference<EventLoop>(this);
    }

    /// <summary>The name by which the ActorSystem's executors, mailboxes and scheduler find their loop.</summary>
    public string Id { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>The number of handled messages and fired events so far.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// The number of handled messages so far, including earlier runs, because the ActorSystem's own mailboxes outlive a run.
    /// </summary>
    public long StepsOfAllRuns { get; private set; }

    public ulong Hash => _hash.Value;

    /// <summary>The process whose actor is running; null between steps and for actors that belong to no process.</summary>
    public SimulatedProcess? Current { get; private set; }

    /// <summary>Whether actors are ready to run at this moment.</summary>
    public bool IsBusy => _ready.Count > 0;

    /// <summary>
    /// Whether the ActorSystem is being created: until it is complete, actors run in the thread that sends to them.
    /// </summary>
    public bool IsStarting { get; private set; } = true;

    /// <summary>Called after each step of a process.</summary>
    public Action<SimulatedProcess> Stepped { get; private set; } = _ => { };

    /// <summary>Returns the loop of an ActorSystem, by its configuration.</summary>
    public static EventLoop Of(Config config) =>
        config.GetString(Key) is var id && Loops.TryGetValue(id, out var reference) && reference.TryGetTarget(out var loop)
            ? loop
            : throw new InvalidOperationException($"There is no simulation {id}: its ActorSystem was used after its end.");

    /// <summary>The ActorSystem is complete: from now on everything runs in <see cref="Step"/>.</summary>
    public void OnStarted() => IsStarting = false;

    /// <summary>Begins a run at time zero, with nothing to do, in the order that the seed determines.</summary>
    public void Begin(Random random, Action<SimulatedProcess> stepped)
    {
        (_random, Stepped) = (random, stepped);
        (Now, Steps, _timedEvents, _hash) = (TimeSpan.Zero, 0, 0, default);
    }

    /// <summary>
    /// Ends a run: stops its processes, living and dead, as Akka.NET stops actors, unobserved, so that the ActorSystem is as it
    /// was before the run.
    /// </summary>
    public void End()
    {
        foreach (var process in _allProcesses) process.Kill();
        _isCleaning = true;
        foreach (var process in _allProcesses)
        {
            ((IInternalActorRef)process.Root).Stop();
            _ready.AddRange(process.Held);
            process.Held.Clear();
        }

        while (_ready.Count > 0) Step();
        _isCleaning = false;
        _allProcesses.Clear();
        _processes.Clear();
        _timed.Clear();
    }

    /// <summary>Returns a number that no process in this ActorSystem has had.</summary>
    public long NextProcess() => ++_processesSoFar;

    public void Add(SimulatedProcess process)
    {
        _processes.Add(process.Name, process);
        _allProcesses.Add(process);
    }

    public void Remove(SimulatedProcess process) => _processes.Remove(process.Name);

    public SimulatedProcess? ProcessOf(string topLevelActor) => _processes.GetValueOrDefault(topLevelActor);

    /// <summary>Adds something that happened to the run's hash.</summary>
    public void Record(long item) => _hash.Add(item);

    public void Record(ReadOnlySpan<byte> bytes) => _hash.Add(bytes);

    public void Execute(IRunnable runnable)
    {
        if (IsStarting)
        {
            runnable.Run();
            return;
        }

        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("Another thread runs inside the simulation, so its runs can't be repeated.");
        var process = ((runnable as Mailbox)?.MessageQueue as SimulatedQueue)?.Process;
        var ready = new Ready(runnable, process);
        if (Runs(process)) _ready.Add(ready);
        else process!.Held.Add(ready);
    }

    public void Resume(SimulatedProcess process)
    {
        _ready.AddRange(process.Held);
        process.Held.Clear();
    }

    public void Pause(SimulatedProcess process)
    {
        process.Held.AddRange(_ready.Where(r => r.Process == process));
        _ready.RemoveAll(r => r.Process == process);
    }

    public void Schedule(TimeSpan delay, TimedEvent timedEvent) =>
        _timed.Enqueue(timedEvent, new Moment((Now + delay).Ticks, _timedEvents++));

    public void Schedule(TimeSpan delay, Action action) => Schedule(delay, new ActionEvent(action));

    /// <summary>Handles one message or fires one event.</summary>
    /// <returns>False if there is nothing left to do.</returns>
    public bool Step()
    {
        if (_ready.Count == 0) return FireNext();
        var chosen = _ready.Count == 1 ? 0 : _random.Next(_ready.Count);
        var next = _ready[chosen];
        var (runnable, process) = next;
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!Runs(process))
        {
            process!.Held.Add(next);
            return true;
        }

        Steps++;
        StepsOfAllRuns++;
        if (++_stepsAtThisMoment > MaxStepsAtOneMoment)
            throw new InvalidOperationException($"Time does not advance beyond {Now}: actors keep each other busy forever.");
        Current = process;
        runnable.Run();
        Current = null;
        if (process is null || _isCleaning) return true;
        _hash.Add(process.Number);
        Stepped(process);
        process.OnStepped();
        return true;
    }

    /// <summary>
    /// Handles one message, or fires one event that is due by this time; if there is neither, time jumps there.
    /// </summary>
    /// <returns>Whether there was a message or an event.</returns>
    public bool StepUntil(TimeSpan moment)
    {
        if (_ready.Count > 0 || (_timed.TryPeek(out _, out var next) && next.At <= moment.Ticks)) return Step();
        Now = moment;
        return false;
    }

    private bool Runs(SimulatedProcess? process) => process is not ({ IsDead: true } or { IsPaused: true }) || _isCleaning;

    private bool FireNext()
    {
        if (!_timed.TryDequeue(out var next, out var priority)) return false;
        if (priority.At > Now.Ticks) (Now, _stepsAtThisMoment) = (new TimeSpan(priority.At), 0);
        if (!next.IsDue) return true;
        Steps++;
        _hash.Add(priority.At);
        next.Fire();
        return true;
    }

    internal readonly record struct Ready(IRunnable Runnable, SimulatedProcess? Process);

    private sealed class ActionEvent(Action action) : TimedEvent
    {
        public override void Fire() => action();
    }

    /// <summary>Of two events at the same time, the one that was scheduled first fires first.</summary>
    private readonly record struct Moment(long At, long Number) : IComparable<Moment>
    {
        public int CompareTo(Moment other) =>
            At < other.At ? -1
            : At > other.At ? 1
            : Number.CompareTo(other.Number);
    }
}

/// <summary>An event at a point in virtual time.</summary>
internal abstract class TimedEvent
{
    /// <summary>Whether the event still applies when it is due.</summary>
    public virtual bool IsDue => true;

    public abstract void Fire();
}
