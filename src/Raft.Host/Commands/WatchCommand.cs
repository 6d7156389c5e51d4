using System.CommandLine;
using System.Threading.Channels;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Host.Rendering;
using Raft.Host.Watch;
using Raft.Programs.Configuration;

namespace Raft.Host.Commands;

/// <summary><c>raft watch</c>: shows the cluster live, on the whole terminal.</summary>
internal static class WatchCommand
{
    private const int StandardWidth = 80;
    private const int StandardHeight = 24;
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var nodes = NodeOption.Several();
        var once = new Option<bool>("--once") { Description = "Print one frame and exit, for scripts or without a terminal." };
        var command = new Command(
            "watch", "Watch the cluster live on the whole terminal: roles, terms, indexes, writes per second, events. Press q "
            + "to quit.")
        {
            nodes, once,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new WatchStream(
                parsed.GetRequiredValue(nodes), ApiEnvironment.Prefix(new Variables(Environment.GetEnvironmentVariable))),
            parsed.GetValue(once),
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WatchStream stream, bool isOnce, InvocationConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            if (!isOnce && Console.IsOutputRedirected)
            {
                Terminal.WriteLine(
                    configuration.Error, "raft: watch needs a terminal, and standard output is not one. Use --once.", Tone.Bad);
                return ExitCode.BadUsage;
            }

            if (isOnce) Print(configuration.Output, await stream.FirstAsync(cancellationToken).ConfigureAwait(false));
            else await WatchAsync(stream, configuration.Output, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (CommandFailedException e)
        {
            Terminal.WriteLine(configuration.Error, $"raft: {Terminal.Printable(e.Message)}", Tone.Bad);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return isOnce ? ExitCode.Interrupted : ExitCode.Done;
        }
    }

    private static void Print(TextWriter output, WatchState state)
    {
        var lines = WatchFrame.Draw(state, Console.IsOutputRedirected ? StandardWidth : Size().Width, StandardHeight);
        foreach (var line in lines.SkipLast(1)) Terminal.WriteLine(output, line.Text.TrimEnd(), line.Tone);
    }

    private static async Task WatchAsync(WatchStream stream, TextWriter output, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var screen = new WatchScreen(output);
        var states = Channel.CreateBounded<WatchState>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var reading = ReadAsync(stream, states.Writer, ended.Token);
        var (state, size) = (WatchState.Empty, (0, 0));
        while (!reading.IsCompleted && !IsQuitPressed())
        {
            var isNew = states.Reader.TryRead(out var next);
            state = next ?? state;
            if (isNew || size != Size())
            {
                size = Size();
                screen.Draw(WatchFrame.Draw(state, size.Item1, size.Item2));
            }

            await Task.Delay(FrameInterval, cancellationToken).ConfigureAwait(false);
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ReadAsync(WatchStream stream, ChannelWriter<WatchState> states, CancellationToken cancellationToken)
    {
        await foreach (var state in stream.FollowAsync(cancellationToken).ConfigureAwait(false))
            await states.WriteAsync(state, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsQuitPressed()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
            if (Console.ReadKey(intercept: true).Key is ConsoleKey.Q or ConsoleKey.Escape) return true;
        return false;
    }

    private static (int Width, int Height) Size()
    {
        var (width, height) = (Console.WindowWidth, Console.WindowHeight);
        return width > 0 && height > 0 ? (width, height) : (StandardWidth, StandardHeight);
    }
}
