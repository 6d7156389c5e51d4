using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Raft.Benchmarks.Failover;

/// <summary>The figures of all trials.</summary>
/// <param name="trials">The trials, at least one.</param>
/// <param name="electionTimeout">The shortest election timeout of the nodes.</param>
internal sealed class FailoverReport(IReadOnlyList<FailoverTrial> trials, TimeSpan electionTimeout)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the figures for people.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{trials.Count} trials; the shortest election timeout is {electionTimeout.TotalMilliseconds} ms"));
        output.WriteLine();
        output.WriteLine("from SIGKILL to            median ms    p90 ms  worst ms   in shortest election timeouts");
        Write(output, "a leader", Figures.Of(trials.Select(t => t.Election), electionTimeout));
        Write(output, "an acknowledged write", Figures.Of(trials.Select(t => t.Failover), electionTimeout));
        output.WriteLine();
        var unanswered = Unanswered;
        output.WriteLine(
            $"writes sent just before: {unanswered.Sent}; acknowledged {unanswered.Acknowledged}, outcome unknown "
            + $"{unanswered.OutcomeUnknown}, not done {unanswered.NotDone}, no answer {unanswered.NoAnswer}");
    }

    /// <summary>Writes one JSON object for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Trials = trials.Count,
            ElectionTimeoutMs = electionTimeout.TotalMilliseconds,
            Write = Figures.Of(trials.Select(t => t.Failover), electionTimeout),
            Election = Figures.Of(trials.Select(t => t.Election), electionTimeout),
            SentBefore = Unanswered,
        },
        Web);

    private Fates Unanswered
    {
        get
        {
            var statuses = trials.SelectMany(t => t.Unanswered).ToArray();
            return new Fates(
                statuses.Length,
                statuses.Count(s => s == HttpStatusCode.OK),
                statuses.Count(s => s == HttpStatusCode.GatewayTimeout),
                statuses.Count(s => s is not null and not HttpStatusCode.OK and not HttpStatusCode.GatewayTimeout),
                statuses.Count(s => s is null));
        }
    }

    private static void Write(TextWriter output, string name, Figures figures) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-24} {figures.MedianMs,11:0} {figures.P90Ms,9:0} {figures.WorstMs,9:0}   "
        + $"{figures.Median:0.00}, {figures.P90:0.00}, {figures.Worst:0.00}"));

    /// <summary>Median, 90th percentile and worst, in milliseconds and in shortest election timeouts.</summary>
    private sealed record Figures(double MedianMs, double P90Ms, double WorstMs, double Median, double P90, double Worst)
    {
        public static Figures Of(IEnumerable<TimeSpan> times, TimeSpan unit)
        {
            double[] sorted = [.. times.Select(t => Math.Round(t.TotalMilliseconds, 1)).Order()];
            double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
            double Timeouts(double ms) => Math.Round(ms / unit.TotalMilliseconds, 3);
            return new Figures(
                At(0.5), At(0.9), sorted[^1], Timeouts(At(0.5)), Timeouts(At(0.9)), Timeouts(sorted[^1]));
        }
    }

    /// <summary>What happened to the writes that were sent just before a leader was killed.</summary>
    private sealed record Fates(int Sent, int Acknowledged, int OutcomeUnknown, int NotDone, int NoAnswer);
}
