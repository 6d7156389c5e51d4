using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Programs.Tests.Hosting;

/// <summary>A move to another Akka cluster costs an ActorSystem, so no one can make a process move continuously.</summary>
public sealed class MovesTests
{
    private readonly Clock _clock = new();
    private readonly Moves _moves;

    public MovesTests() => _moves = new Moves(_clock);

    [Fact]
    public void The_first_move_is_free() => Assert.Equal(TimeSpan.Zero, _moves.PauseLeft);

    [Fact]
    public void The_pause_doubles_with_each_move_up_to_a_limit()
    {
        double[] pauses = [.. Enumerable.Range(0, 8).Select(_ => Move().TotalMinutes)];

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
    }

    [Fact]
    public void The_pause_ends()
    {
        _moves.Note();
        _clock.Advance(Moves.FirstPause);

        Assert.Equal(TimeSpan.Zero, _moves.PauseLeft);
    }

    [Fact]
    public void A_quiet_time_forgets_all_moves()
    {
        Move();
        Move();
        _clock.Advance(Moves.LongestPause);

        Assert.Equal(Moves.FirstPause, Move());
    }

    /// <summary>Moves, and waits until the next move is allowed.</summary>
    /// <returns>The duration.</returns>
    private TimeSpan Move()
    {
        _moves.Note();
        var pause = _moves.PauseLeft;
        _clock.Advance(pause);
        return pause;
    }

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Advance(TimeSpan time) => _now += time;
    }
}
