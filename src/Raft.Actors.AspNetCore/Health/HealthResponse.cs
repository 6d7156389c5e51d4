using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Http;

namespace Raft.Actors.AspNetCore.Health;

/// <summary>Writes the results of health checks.</summary>
internal static class HealthResponse
{
    /// <summary>Writes <c>{"status":"ready"}</c>, or the problem that has every reason why not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="report">The results.</param>
    /// <param name="good">The status of a healthy process, such as <c>ready</c>.</param>
    public static Task WriteAsync(HttpContext context, HealthReport report, string good)
    {
        if (report.Status != HealthStatus.Unhealthy) return RaftJson.Answer(new HealthAnswer(good)).ExecuteAsync(context);
        var bad = report.Entries.Where(check => check.Value.Status == HealthStatus.Unhealthy).ToArray();
        var reasons = bad is [var only]
            ? only.Value.Description ?? $"{only.Key} failed."
            : string.Join(' ', bad.Select(check => $"{check.Key}: {check.Value.Description}"));
        return KnownProblems.WriteAsync(
            context, KnownProblems.Problem(StatusCodes.Status503ServiceUnavailable, $"Not {good}", reasons));
    }
}
