using Microsoft.AspNetCore.Mvc;
using Raft.Actors.Protocol;

namespace Raft.Host.Http;

/// <summary>A request that can't be answered as it is. It becomes a problem+json.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">The kind of problem, in two or three words.</param>
/// <param name="detail">What is wrong and what to do, in a sentence.</param>
internal sealed class RequestProblemException(int status, string title, string detail) : Exception(detail)
{
    public ProblemDetails Problem { get; } = new() { Status = status, Title = title, Detail = detail };

    /// <summary>400.</summary>
    public static RequestProblemException BadRequest(string title, string detail) =>
        new(StatusCodes.Status400BadRequest, title, detail);

    /// <summary>413.</summary>
    public static RequestProblemException TooLarge(string title, string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, title, detail);

    /// <summary>503, because the node that was asked takes no part.</summary>
    public static RequestProblemException NodeIsDown(NodeDown? down) => new(
        StatusCodes.Status503ServiceUnavailable,
        "Node is down",
        down is null ? "The node is down and gave no reason." : $"{down.NodeId} takes no part: {down.Reason.TrimEnd('.')}.");
}
