using Microsoft.AspNetCore.Mvc;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Gives every answer without a body of its own, and every exception, a problem+json.</summary>
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
            // The client is gone: nobody reads an answer.
            context.Abort();
        }
#pragma warning disable CA1031 // The last place that can turn a failure into an answer.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await WriteAsync(context, Describe(e)).ConfigureAwait(false);
        }
    }

    /// <summary>What routing and ASP.NET's file answers leave without a body.</summary>
    private ProblemDetails? Unsaid(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => Problem(
            StatusCodes.Status404NotFound,
            "Unknown path",
            $"There is nothing at {PathOf(context)}; {options.BasePath}{options.DocumentPath} lists every path."),
        StatusCodes.Status405MethodNotAllowed => Problem(
            StatusCodes.Status405MethodNotAllowed,
            "Wrong method",
            $"{PathOf(context)} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."),
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
        RaftUnavailableException => Problem(StatusCodes.Status503ServiceUnavailable, "Not done", e.Message),
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
            "The request failed by a defect of the node; its log says more. A write may or may not be done.");
    }

    private static ProblemDetails Problem(int status, string title, string detail) =>
        new() { Status = status, Title = title, Detail = detail };

    private static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(problem).ExecuteAsync(context).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Error, "A request failed unexpectedly.")]
    private partial void LogUnexpected(Exception e);
}
