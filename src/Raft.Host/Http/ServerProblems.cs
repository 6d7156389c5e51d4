using Microsoft.AspNetCore.Mvc;
using Raft.Actors.AspNetCore.Http;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The problems of requests without a route, and of unexpected exceptions.</summary>
internal static class ServerProblems
{
    /// <summary>Turns every error response without a body, and every exception, into a problem (RFC 9457).</summary>
    public static void UseServerProblems(this IApplicationBuilder app, ApiOptions options)
    {
        app.UseStatusCodePages(status => Unsaid(status.HttpContext, options) is { } problem
            ? KnownProblems.WriteAsync(status.HttpContext, problem)
            : Task.CompletedTask);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => KnownProblems.WriteAsync(context, Unexpected),
        });
    }

    private static ProblemDetails Unexpected => KnownProblems.Problem(
        StatusCodes.Status500InternalServerError,
        "Unexpected failure",
        "The request failed because of a bug in the node. See its log. A write may or may not have been applied.");

    private static ProblemDetails? Unsaid(HttpContext context, ApiOptions options) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => KnownProblems.Problem(
            StatusCodes.Status404NotFound,
            "Unknown path",
            $"There is nothing at {PathOf(context)}. See {options.BasePath}{options.DocumentPath} for all paths."),
        StatusCodes.Status405MethodNotAllowed => KnownProblems.Problem(
            StatusCodes.Status405MethodNotAllowed,
            "Wrong method",
            $"{PathOf(context)} does not accept {context.Request.Method}. It accepts {context.Response.Headers.Allow}."),
        _ => null,
    };

    private static string PathOf(HttpContext context) => context.Request.PathBase + context.Request.Path;
}
