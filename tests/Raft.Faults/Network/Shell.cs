using System.Diagnostics;

namespace Raft.Faults.Network;

/// <summary>Runs commands of the system.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command and waits until it ends.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <exception cref="InvalidOperationException">It failed, or did not end in time.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, string input = "")
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', command)} failed: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException($"{string.Join(' ', command)} did not end within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>Sends a signal, such as STOP, to a process.</summary>
    public static Task SignalAsync(int process, string signal) => RunAsync(["kill", $"-{signal}", $"{process}"]);
}
