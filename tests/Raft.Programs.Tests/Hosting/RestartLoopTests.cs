using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Programs.Tests.Hosting;

public sealed class RestartLoopTests
{
    private static readonly HostPort Other = new("10.0.0.2", 4053);

    [Fact]
    public async Task An_ActorSystem_that_has_to_be_replaced_is_stopped_and_a_new_one_joins_through_those_it_named()
    {
        using var stop = new CancellationTokenSource();
        var started = new List<(Running System, IReadOnlyList<HostPort> Through)>();
        await RestartLoop.RunAsync(
            former =>
            {
                Assert.All(started, s => Assert.True(s.System.IsDisposed));
                started.Add((new Running(), former.Through));
                if (started.Count == 2) stop.Cancel();
                started[0].System.Ending.TrySetResult(new Ending("It was put out.", [Other]));
                return Task.FromResult<IRunningSystem>(started[^1].System);
            },
            stop.Token);

        Assert.Equal(2, started.Count);
        Assert.Empty(started[0].Through);
        Assert.Equal([Other], started[1].Through);
        Assert.True(started[1].System.IsDisposed);
    }

    [Fact]
    public async Task What_can_not_start_for_the_first_time_ends_the_process() =>
        await Assert.ThrowsAsync<StartupException>(
            () => RestartLoop.RunAsync(_ => throw new StartupException("No port."), CancellationToken.None));

    [Fact]
    public async Task What_can_not_start_again_is_tried_on()
    {
        using var stop = new CancellationTokenSource();
        var starts = 0;
        await RestartLoop.RunAsync(
            _ =>
            {
                starts++;
                if (starts == 2) throw new StartupException("The port is still in use.");
                if (starts == 3) stop.Cancel();
                var system = new Running();
                system.Ending.SetResult(new Ending("It was put out.", []));
                return Task.FromResult<IRunningSystem>(system);
            },
            stop.Token);

        Assert.Equal(3, starts);
    }

    [Fact]
    public async Task A_process_that_has_to_end_ends()
    {
        var system = new Running();
        system.Ending.SetException(new ProcessEndException("n1 halted."));

        await Assert.ThrowsAsync<ProcessEndException>(
            () => RestartLoop.RunAsync(_ => Task.FromResult<IRunningSystem>(system), CancellationToken.None));
        Assert.True(system.IsDisposed);
    }

    private sealed class Running : IRunningSystem
    {
        public TaskCompletionSource<Ending> Ending { get; } = new();

        public bool IsDisposed { get; private set; }

        public Task<Ending> Ended => Ending.Task;

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
