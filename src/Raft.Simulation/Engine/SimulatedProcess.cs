using Akka.Actor;

namespace Raft.Simulation.Engine;

/// <summary>
/// An OS process: one top-level actor and all actors below it, on one machine. It can be killed between any two messages; then
/// none of its actors runs again, not even to stop in an orderly way. It can be paused, and its clock can be wrong.
/// </summary>
/// <param name="name">The name of its top-level actor.</param>
/// <param name="number">Its number among the processes of a run; part of the run's hash.</param>
internal class SimulatedProcess(string name, int number)
{
    private long _lastStep;
    private Action? _die;
    private TimeSpan _rateSince;
    private TimeSpan _clockThen;

    public string Name { get; } = name;

    public int Number { get; } = number;

    public IActorRef Root { get; set; } = ActorRefs.Nobody;

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>The clock's rate: local seconds per second of true time.</summary>
    public double ClockRate { get; private set; } = 1;

    /// <summary>Its monotonic clock: correct when the process starts, and without jumps, even when its rate changes.</summary>
    /// <param name="now">True time.</param>
    public TimeSpan Clock(TimeSpan now) => _clockThen + ((now - _rateSince) * ClockRate);

    /// <summary>Changes the clock's rate from now on.</summary>
    /// <param name="rate">The clock's rate: local seconds per second of true time.</param>
    /// <param name="now">True time.</param>
    public void SetClockRate(double rate, TimeSpan now) => (_clockThen, _rateSince, ClockRate) = (Clock(now), now, rate);

    /// <summary>The offset of the wall clock.</summary>
    public TimeSpan WallClockError { get; set; }

    /// <summary>The mailboxes that would be ready if the process were neither paused nor dead.</summary>
    public List<EventLoop.Ready> Held { get; } = [];

    /// <summary>The number of messages that its actors have handled.</summary>
    public long Steps { get; private set; }

    /// <summary>Kills the process when its actors have handled this many more messages.</summary>
    public void DieAfter(int steps, Action die) => (_lastStep, _die) = (Steps + steps, die);

    /// <summary>One of its actors has handled a message.</summary>
    public void OnStepped()
    {
        Steps++;
        if (_die is not { } die || Steps < _lastStep) return;
        _die = null;
        die();
    }

    public void Kill() => IsDead = true;

    public void Pause(EventLoop loop)
    {
        IsPaused = true;
        loop.Pause(this);
    }

    public void Resume(EventLoop loop)
    {
        IsPaused = false;
        loop.Resume(this);
    }
}
