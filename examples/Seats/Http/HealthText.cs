using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Seats.Http;

/// <summary>Health as a line for each check, which says why not.</summary>
internal static class HealthText
{
    /// <summary>The checks that have a tag.</summary>
    public static HealthCheckOptions Of(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsync(string.Concat(
            report.Entries.Select(check => $"{check.Key}: {check.Value.Status}. {check.Value.Description}\n"))),
    };
}
