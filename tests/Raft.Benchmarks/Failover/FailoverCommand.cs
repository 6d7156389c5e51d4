using System.CommandLine;
using System.Globalization;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Host.Commands;

namespace Raft.Benchmarks.Failover;

/// <summary><c>failover</c>: how long three real processes accept no writes when their leader dies.</summary>
internal static class FailoverCommand
{
    private const string Min = "election-timeout-min";
    private const string Max = "election-timeout-max";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var trials = NumberOption.Create("--trials", "How often the leader is killed.", 100, 1, 10_000);
        var min = Duration($"--{Min}");
        var max = Duration($"--{Max}");
        var data = new Option<string>("--data")
        {
            Description = "Folder for the journals; it must be on a disk and not exist. It is deleted afterwards.",
            DefaultValueFactory = _ => $"raft-benchmarks-{Guid.NewGuid():N}",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output and nothing else." };
        var command = new Command(
            "failover",
            "Three raft node processes on loopback. Kills the leader with SIGKILL, again and again, and measures the time until "
            + "the next write is acknowledged.")
        {
            trials, min, max, data, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(trials),
            Timing(parsed.GetValue(min), parsed.GetValue(max)),
            parsed.GetValue(data)!,
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        int count, Dictionary<string, string> timing, string data, bool json, CancellationToken cancellationToken)
    {
        if (Directory.Exists(data))
        {
            await Console.Error.WriteLineAsync($"{Path.GetFullPath(data)} exists. Name a new folder: it is deleted afterwards.");
            return 1;
        }

        try
        {
            var report = await MeasureAsync(count, timing, data, cancellationToken);
            if (json) Console.WriteLine(report.ToJson());
            else report.WriteText(Console.Out);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 1;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        finally
        {
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<FailoverReport> MeasureAsync(
        int count, Dictionary<string, string> timing, string data, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await using var cluster = new FailoverCluster(http, data, timing);
        await cluster.StartAsync();
        var trials = new FailoverTrials(http, cluster);
        var done = new List<FailoverTrial>();
        while (done.Count < count)
        {
            var trial = await trials.RunAsync(cancellationToken);
            done.Add(trial);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"trial {done.Count,3}: leader after {trial.Election.TotalMilliseconds,6:0} ms, "
                + $"write after {trial.Failover.TotalMilliseconds,6:0} ms"));
        }

        return new FailoverReport(done, ShortestTimeout(timing));
    }

    private static Option<string?> Duration(string name)
    {
        var option = new Option<string?>(name)
        {
            Description = $"The nodes' {name[2..]}, such as 1000ms. Without it: the program's default.",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Parse(result.Tokens[0].Value) is null)
                result.AddError($"{name} is '{result.Tokens[0].Value}'; it must be a duration such as 150ms or 1s.");
        });
        return option;
    }

    private static TimeSpan? Parse(string text)
    {
        try
        {
            var time = ConfigurationFactory.ParseString($"time = \"{text}\"").GetTimeSpan("time", allowInfinite: false);
            return time > TimeSpan.Zero ? time : null;
        }
        catch (Exception e) when (e is ConfigurationException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Timing(string? min, string? max)
    {
        var timing = new Dictionary<string, string>();
        if (min is not null) timing["RAFT_ELECTION_TIMEOUT_MIN"] = min;
        if (max is not null) timing["RAFT_ELECTION_TIMEOUT_MAX"] = max;
        return timing;
    }

    private static TimeSpan ShortestTimeout(Dictionary<string, string> timing) =>
        timing.TryGetValue("RAFT_ELECTION_TIMEOUT_MIN", out var min)
            ? Parse(min)!.Value
            : RaftConfig.Reference.GetTimeSpan($"raft.{Min}");
}
