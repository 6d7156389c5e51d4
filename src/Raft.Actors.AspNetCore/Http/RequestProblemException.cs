using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>A request that fails with a problem (RFC 9457).</summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="title">The kind of problem, in two or three words.</param>
/// <param name="detail">What is wrong and what to do, in a sentence.</param>
internal sealed class RequestProblemException(int status, string title, string detail) : Exception(detail)
{
    public ProblemDetails Problem { get; } = new() { Status = status, Title = title, Detail = detail };

    /// <summary>Creates a problem with status 400.</summary>
    public static RequestProblemException BadRequest(string title, string detail) =>
        new(StatusCodes.Status400BadRequest, title, detail);

    /// <summary>Creates a problem with status 413.</summary>
    public static RequestProblemException TooLarge(string title, string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, title, detail);
}
