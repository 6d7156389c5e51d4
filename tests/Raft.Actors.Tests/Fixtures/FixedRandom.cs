namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// Draws the given numbers, then repeats the last one. With <see cref="Gate"/> a test can stop the drawing node within a message.
/// </summary>
/// <param name="draws">Numbers from 0 up to 1.</param>
internal sealed class FixedRandom(params double[] draws) : Random
{
    private int _next;

    /// <summary>What a draw waits for; null for nothing.</summary>
    public Gate? Gate { get; set; }

    public override double NextDouble()
    {
        Gate?.Pass();
        return draws[Math.Min(_next++, draws.Length - 1)];
    }
}

/// <summary>Stops a thread of the system under test until the test releases it.</summary>
internal sealed class Gate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _opened = new(0);

    /// <summary>Called by the system under test.</summary>
    public void Pass()
    {
        _arrived.Release();
        if (!_opened.Wait(Patience)) throw new TimeoutException("The test did not open the gate.");
    }

    /// <summary>Returns when a thread waits at the gate.</summary>
    public void AwaitArrival()
    {
        if (!_arrived.Wait(Patience)) throw new TimeoutException("Nobody came to the gate.");
    }

    /// <summary>Releases <paramref name="count"/> threads.</summary>
    public void Open(int count = 1) => _opened.Release(count);

    public void Dispose()
    {
        _arrived.Dispose();
        _opened.Dispose();
    }
}
