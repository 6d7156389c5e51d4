using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Http;

namespace Raft.Actors.AspNetCore.Health;

/// <summary><c>/live</c> and <c>/ready</c>: the health checks of the process that have the one tag or the other.</summary>
internal static class HealthRoutes
{
    /// <summary>The tag of checks whose failure only a new process cures.</summary>
    public const string LiveTag = "liveness";

    /// <summary>The tag of checks whose failure means that requests are better sent elsewhere.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Maps both.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "live", LiveTag, HealthDocument.Live);
        Map(routes, "ready", ReadyTag, HealthDocument.Ready);
    }

    /// <summary>An OpenAPI document has only endpoints that name their HTTP methods and a method of the code.</summary>
    private static void Map(IEndpointRouteBuilder routes, string good, string tag, RouteDocument document) => routes
        .MapHealthChecks($"/{good}", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(tag),
            ResponseWriter = (context, report) => HealthResponse.WriteAsync(context, report, good),
        })
        .WithMetadata(
            new HttpMethodMetadata([HttpMethods.Get]), typeof(RequestDelegate).GetMethod(nameof(RequestDelegate.Invoke))!)
        .Answers(StatusCodes.Status200OK, typeof(HealthAnswer), "application/json")
        .Documented(document);
}
