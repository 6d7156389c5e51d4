using System.ComponentModel;
using System.Diagnostics;

namespace Raft.Host.Hooks;

/// <summary>Runs a script in its own process, which ends with this process (<see cref="HookGuard"/>).</summary>
internal static class HookProcess
{
    /// <summary>
    /// How long the output may stay open after the script has ended: a program that it left behind may hold it.
    /// </summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a script to its end, or kills it and everything that it started.</summary>
    /// <param name="script">The path of the script.</param>
    /// <param name="variables">Variables that are added to the inherited ones.</param>
    /// <param name="timeout">The maximum duration.</param>
    /// <param name="write">Receives each line of the output.</param>
    /// <param name="cancellationToken">Kills the script early.</param>
    /// <returns>What went wrong, as the rest of a sentence that starts with the name of the script; null on success.</returns>
    public static async Task<string?> RunAsync(
        string script,
        IReadOnlyDictionary<string, string> variables,
        TimeSpan timeout,
        Action<string> write,
        CancellationToken cancellationToken)
    {
        try
        {
            using var process = Start(script, variables);
            using var closed = new CancellationTokenSource();
            var output = new HookOutput(write);
            var read = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, closed.Token), ReadAsync(process.StandardError, output, closed.Token));
            var problem = await WaitAsync(process, timeout, cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(read, Task.Delay(OutputGrace, CancellationToken.None)).ConfigureAwait(false);
            await closed.CancelAsync().ConfigureAwait(false);
            lock (output) output.End();
            return problem;
        }
        catch (Win32Exception e)
        {
            return $"can't be started: {e.Message}";
        }
    }

    private static Process Start(string script, IReadOnlyDictionary<string, string> variables)
    {
        var start = HookGuard.StartInfo(script);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (!HookGuard.IsUsed) process.StandardInput.Close();
        return process;
    }

    private static async Task<string?> WaitAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var isKilled = false;
        await using (limit.Token.Register(() => isKilled = TryKill(process)).ConfigureAwait(false))
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);

        return isKilled && cancellationToken.IsCancellationRequested ? "was killed because the node is stopping"
            : isKilled ? $"exceeded the timeout of {timeout.TotalSeconds} s and was killed"
            : process.ExitCode != 0 ? $"exited with code {process.ExitCode}"
            : null;
    }

    private static bool TryKill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended, or one of its children belongs to another user.
            return e is AggregateException;
        }
    }

    private static async Task ReadAsync(StreamReader reader, HookOutput output, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                lock (output) output.Take(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody reads the pipe any more.
        }
    }
}
