using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Http;

namespace Raft.Actors.AspNetCore.Health;

/// <summary>Serves <c>/live</c> and <c>/ready</c>: the health checks of the process with the tag of either.</summary>
internal static class HealthRoutes
{
    /// <summary>The tag of checks whose failure requires a new process.</summary>
    public const string LiveTag = "liveness";

    /// <summary>The tag of checks whose failure means that requests should go to another process.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Maps both endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "live", LiveTag, HealthDocument.Live);
        Map(routes, "ready", ReadyTag, HealthDocument.Ready);
    }

    /// <summary>
    /// An OpenAPI document contains only endpoints with HTTP methods and a <see cref="System.Reflection.MethodInfo"/>.
    /// </summary>
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
