using System.Diagnostics;
using System.Threading.Channels;

namespace Raft.Lighthouse.Tests.Processes;

/// <summary>The real <c>raft-lighthouse</c> program in its own process.</summary>
internal sealed class LighthouseProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public LighthouseProcess(params (string Name, string Value)[] environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "raft-lighthouse.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => _lines.Writer.TryWrite(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _lines.Writer.TryWrite(e.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>Reads lines until one contains a text.</summary>
    /// <returns>The lines, including that one.</returns>
    public async Task<IReadOnlyList<string>> UntilAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var read = new List<string>();
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(timeout.Token))
            {
                if (line.Length > 0) read.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return read;
            }
        }
        catch (OperationCanceledException)
        {
            // The message below shows the actual lines.
        }

        throw new TimeoutException($"'{text}' was not printed:\n{string.Join('\n', read)}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
