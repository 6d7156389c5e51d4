using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Raft.Simulation.Engine;

/// <summary>
/// Akka's scheduler in virtual time. Each process has its own clock, which may run fast or slow: a timer of a process with a
/// fast clock fires early. All clocks are here, monotonic clocks too; a change of a clock's rate makes none of them jump.
/// </summary>
internal sealed class VirtualScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly EventLoop _loop;

    public VirtualScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => _loop = EventLoop.Of(config);

    public override TimeSpan MonotonicClock => _loop.Current?.Clock(_loop.Now) ?? _loop.Now;

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => Epoch + MonotonicClock + (_loop.Current?.WallClockError ?? TimeSpan.Zero);

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, new TellTimer(_loop.Current, receiver, message, sender, cancelable));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, new ActionTimer(_loop.Current, action, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        InternalScheduleOnce(delay, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        var process = _loop.Current;
        void Ring()
        {
            action();
            _loop.Schedule(interval, new ActionTimer(process, Ring, cancelable));
        }

        Schedule(initialDelay, new ActionTimer(process, Ring, cancelable));
    }

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, Timer timer) => _loop.Schedule(delay / (_loop.Current?.ClockRate ?? 1), timer);

    private abstract class Timer(SimulatedProcess? process, ICancelable? cancelable) : TimedEvent
    {
        public override bool IsDue => process is not { IsDead: true } && cancelable is not { IsCancellationRequested: true };
    }

    private sealed class TellTimer(
        SimulatedProcess? process, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        : Timer(process, cancelable)
    {
        public override void Fire() => receiver.Tell(message, sender);
    }

    private sealed class ActionTimer(SimulatedProcess? process, Action action, ICancelable? cancelable)
        : Timer(process, cancelable)
    {
        public override void Fire() => action();
    }
}
