using Microsoft.AspNetCore.Mvc;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Turns every error response without a body, and every exception, into a problem (RFC 9457).</summary>
internal sealed partial class ProblemMiddleware(
    RequestDelegate next, ApiOptions options, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (!context.Response.HasStarted && Unsaid(context) is { } problem)
                await WriteAsync(context, problem).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected: nobody would read a response.
            context.Abort();
        }
#pragma warning disable CA1031 // This is the last place that can turn a failure into a response.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await WriteAsync(context, Describe(e)).ConfigureAwait(false);
        }
    }

    /// <summary>Fills in the body for status codes that routing and static files return without one.</summary>
    private ProblemDetails? Unsaid(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => Problem(
            StatusCodes.Status404NotFound,
            "Unknown path",
            $"There is nothing at {PathOf(context)}. See {options.BasePath}{options.DocumentPath} for all paths."),
        StatusCodes.Status405MethodNotAllowed => Problem(
            StatusCodes.Status405MethodNotAllowed,
            "Wrong method",
            $"{PathOf(context)} does not accept {context.Request.Method}. It accepts {context.Response.Headers.Allow}."),
        StatusCodes.Status412PreconditionFailed => Problem(
            StatusCodes.Status412PreconditionFailed,
            "Condition failed",
            $"The key has revision {context.Response.Headers.ETag}, which does not meet the request's conditions."),
        _ => null,
    };

    private static string PathOf(HttpContext context) => context.Request.PathBase + context.Request.Path;

    private ProblemDetails Describe(Exception e) => e switch
    {
        RequestProblemException known => known.Problem,
        RaftUnavailableException => Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable", e.Message),
        OverloadedException => Problem(StatusCodes.Status429TooManyRequests, "Overloaded", e.Message),
        RequestRefusedException => Problem(StatusCodes.Status400BadRequest, "Refused", e.Message),
        OutcomeUnknownException => Problem(StatusCodes.Status504GatewayTimeout, ApiNames.OutcomeUnknown, e.Message),
        NoSuchNodeException => Problem(StatusCodes.Status404NotFound, "No such node", e.Message),
        NoAnswerException => Problem(StatusCodes.Status503ServiceUnavailable, "No answer", e.Message),
        BadHttpRequestException bad => Problem(bad.StatusCode, "Bad request", bad.Message),
        _ => Unexpected(e),
    };

    private ProblemDetails Unexpected(Exception e)
    {
        LogUnexpected(e);
        return Problem(
            StatusCodes.Status500InternalServerError,
            "Unexpected failure",
            "The request failed because of a bug in the node. See its log. A write may or may not have been applied.");
    }

    private static ProblemDetails Problem(int status, string title, string detail) =>
        new() { Status = status, Title = title, Detail = detail };

    private static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(problem).ExecuteAsync(context).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Error, "A request failed unexpectedly")]
    private partial void LogUnexpected(Exception e);
}
