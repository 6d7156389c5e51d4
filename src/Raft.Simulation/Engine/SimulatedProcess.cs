using Akka.Actor;

namespace Raft.Simulation.Engine;

/// <summary>
/// An operating system's process: one top-level actor and all below it, on one machine. It can be killed between any two
/// messages; then none of its actors ever runs again, not even to say goodbye. It can be paused, and its clock can be wrong.
/// </summary>
/// <param name="name">The name of its top-level actor.</param>
/// <param name="number">Counts the processes of a run; part of the run's hash.</param>
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

    /// <summary>Local seconds in a second of true time.</summary>
    public double ClockRate { get; private set; } = 1;

    /// <summary>Its monotonic clock: right when the process starts, and it never jumps, not even when its rate changes.</summary>
    /// <param name="now">True time.</param>
    public TimeSpan Clock(TimeSpan now) => _clockThen + ((now - _rateSince) * ClockRate);

    /// <summary>From now on the clock runs at this rate.</summary>
    /// <param name="rate">Local seconds in a second of true time.</param>
    /// <param name="now">True time.</param>
    public void SetClockRate(double rate, TimeSpan now) => (_clockThen, _rateSince, ClockRate) = (Clock(now), now, rate);

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan WallClockError { get; set; }

    /// <summary>Its mailboxes that would be ready, were it not paused or dead.</summary>
    public List<EventLoop.Ready> Held { get; } = [];

    /// <summary>Messages that its actors handled so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Kills it when its actors have handled so many more messages.</summary>
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
