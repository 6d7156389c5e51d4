using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seats.Tests;

/// <summary>Three processes of the service, with their own folders and ports.</summary>
internal sealed class SeatProcesses : IDisposable
{
    private const int Count = 3;

    private readonly string _data = Directory.CreateTempSubdirectory("seats-").FullName;
    private readonly int[] _ports = FreePorts(2 * Count);
    private readonly Process[] _processes;
    private readonly StringBuilder _output = new();

    public SeatProcesses() => _processes = [.. Enumerable.Range(0, Count).Select(Start)];

    public IReadOnlyList<string> Urls => [.. Enumerable.Range(0, Count).Select(i => $"http://127.0.0.1:{_ports[i]}")];

    /// <summary>Everything that the processes have printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Kills a process with SIGKILL, like a crash.</summary>
    public void Kill(int node) => _processes[node].Kill();

    /// <summary>Waits until a process listens and its node can answer.</summary>
    public static async Task ReadyAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync($"{url}/health/ready", cancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // The process does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_data, recursive: true);
    }

    private Process Start(int node)
    {
        List<string> args = [Path.Combine(AppContext.BaseDirectory, "seats.dll"), "--node", $"n{node + 1}", "--Data", _data];
        for (var i = 0; i < Count; i++)
            args.AddRange([$"--Nodes:n{i + 1}:Http", Urls[i], $"--Nodes:n{i + 1}:Raft", $"127.0.0.1:{_ports[Count + i]}"]);
        var start = new ProcessStartInfo("dotnet", args) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }
}
