using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Raft.Host.Tests.Processes;

/// <summary>The real <c>raft</c> program in its own process.</summary>
internal sealed class RaftProcess : IAsyncDisposable
{
    private const string Program = "raft.dll";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RaftProcess(Process process, string readyLine)
    {
        _process = process;
        void Read(string? line)
        {
            if (line is null) return;
            lock (_output) _output.AppendLine(line);
            if (line.Contains(readyLine, StringComparison.Ordinal)) _isReady.TrySetResult();
        }

        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
    }

    /// <summary>Everything that the process has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the program and waits until it prints a line.</summary>
    /// <param name="readyLine">A part of the line to wait for.</param>
    /// <param name="args">The arguments of <c>raft</c>.</param>
    /// <param name="environment">Variables that override the inherited ones.</param>
    /// <param name="launcher">A command that executes the program in its last arguments, such as <c>nsenter</c>.</param>
    /// <param name="program">The program: a file beside this assembly, or its full path.</param>
    /// <param name="began">Called with the process id as soon as the process runs.</param>
    public static async Task<RaftProcess> StartAsync(
        string readyLine,
        string[] args,
        Dictionary<string, string>? environment = null,
        IReadOnlyList<string>? launcher = null,
        string program = Program,
        Action<int>? began = null)
    {
        var raft = Begin(readyLine, args, environment, launcher ?? [], program);
        began?.Invoke(raft.Id);
        var exited = raft._process.WaitForExitAsync();
        if (await Task.WhenAny(raft._isReady.Task, exited, Task.Delay(StartTimeout)) != raft._isReady.Task)
        {
            await raft.KillAsync();
            throw new InvalidOperationException($"{program} {string.Join(' ', args)} did not get ready:\n{raft.Output}");
        }

        return raft;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string[] args,
        Dictionary<string, string>? environment = null,
        IReadOnlyList<string>? launcher = null,
        string program = Program)
    {
        await using var raft = Begin("\0", args, environment, launcher ?? [], program);
        using var timeout = new CancellationTokenSource(StartTimeout);
        await raft._process.WaitForExitAsync(timeout.Token);
        return (raft._process.ExitCode, raft.Output);
    }

    /// <summary>Returns the first of several consecutive TCP ports that are free at the moment.</summary>
    public static int FreePorts(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 32_000);
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    /// <summary>Kills the process with SIGKILL, like a crash.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal such as TERM or INT, and waits until the process has ended.</summary>
    public async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static RaftProcess Begin(
        string readyLine,
        string[] args,
        Dictionary<string, string>? environment,
        IReadOnlyList<string> launcher,
        string program)
    {
        string[] command = [.. launcher, "dotnet", Path.Combine(AppContext.BaseDirectory, program), .. args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var raft = new RaftProcess(new Process { StartInfo = start }, readyLine);
        raft._process.Start();
        raft._process.BeginOutputReadLine();
        raft._process.BeginErrorReadLine();
        return raft;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
