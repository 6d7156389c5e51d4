using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The problems (RFC 9457) that the expected exceptions of a request become.</summary>
internal static class KnownProblems
{
    /// <summary>Returns the problem of an exception; null if the exception is unexpected.</summary>
    public static ProblemDetails? Of(Exception e) => e switch
    {
        RequestProblemException known => known.Problem,
        RaftUnavailableException => Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable", e.Message),
        OverloadedException => Problem(StatusCodes.Status429TooManyRequests, "Overloaded", e.Message),
        RequestRefusedException => Problem(StatusCodes.Status400BadRequest, "Refused", e.Message),
        OutcomeUnknownException => Problem(StatusCodes.Status504GatewayTimeout, ApiNames.OutcomeUnknown, e.Message),
        NoSuchNodeException => Problem(StatusCodes.Status404NotFound, "No such node", e.Message),
        NoAnswerException => Problem(StatusCodes.Status503ServiceUnavailable, "No answer", e.Message),
        NodeDownException => Problem(StatusCodes.Status503ServiceUnavailable, "Node is down", e.Message),
        SnapshotRefusedException => Problem(StatusCodes.Status503ServiceUnavailable, "No snapshot", e.Message),
        TransferRefusedException refused => NotTransferred(refused),
        ObjectDisposedException disposed when disposed.ObjectName == typeof(RaftClient).FullName => Problem(
            StatusCodes.Status503ServiceUnavailable,
            "Stopping",
            "This process is stopping and accepts no more requests. Nothing was done."),
        BadHttpRequestException bad => Problem(bad.StatusCode, "Bad request", bad.Message),
        _ => null,
    };

    /// <summary>Creates a problem.</summary>
    public static ProblemDetails Problem(int status, string title, string detail) =>
        new() { Status = status, Title = title, Detail = detail };

    /// <summary>Writes a problem as the response, with <c>Retry-After</c> if the client may retry.</summary>
    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    private static ProblemDetails NotTransferred(TransferRefusedException refused) => refused.Refusal switch
    {
        TransferRefusal.NoMember => Problem(StatusCodes.Status400BadRequest, "No such member", refused.Message),
        TransferRefusal.Conflict => Problem(StatusCodes.Status409Conflict, "Not possible now", refused.Message),
        TransferRefusal.NoLeader => Problem(StatusCodes.Status503ServiceUnavailable, "No leader", refused.Message),
        _ => Problem(StatusCodes.Status504GatewayTimeout, "Not transferred", refused.Message),
    };

    /// <summary>Makes endpoints write problems on their own, however the application handles exceptions.</summary>
    public static TBuilder WithKnownProblems<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } route) endpoint.RequestDelegate = context => AnswerAsync(context, route);
        });
        return routes;
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate route)
    {
        try
        {
            await route(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status412PreconditionFailed })
                await WriteAsync(context, ConditionFailed(context.Response)).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && Of(e) is not null)
        {
            await WriteAsync(context, Of(e)!).ConfigureAwait(false);
        }
    }

    /// <summary>The file results of ASP.NET Core return this status code without a body.</summary>
    private static ProblemDetails ConditionFailed(HttpResponse response) => Problem(
        StatusCodes.Status412PreconditionFailed,
        "Condition failed",
        $"The key has revision {response.Headers.ETag}, which does not meet the request's conditions.");
}
