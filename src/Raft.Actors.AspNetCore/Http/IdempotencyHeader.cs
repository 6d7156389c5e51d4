using Microsoft.AspNetCore.Http;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The header <c>Idempotency-Key</c>: all requests with the same key are one write.</summary>
internal static class IdempotencyHeader
{
    /// <summary>Reads the key; null if the header is missing.</summary>
    /// <exception cref="RequestProblemException">The key is invalid, or given more than once.</exception>
    public static IdempotencyKey? Of(HttpRequest request)
    {
        var values = request.Headers[ApiNames.IdempotencyKeyHeader];
        if (values.Count == 0) return null;
        if (values.Count > 1) throw Bad($"{ApiNames.IdempotencyKeyHeader} is given {values.Count} times. Send it once.");
        try
        {
            return IdempotencyKey.Parse(values.ToString());
        }
        catch (FormatException e)
        {
            throw Bad($"{ApiNames.IdempotencyKeyHeader} is invalid. {e.Message}");
        }
    }

    private static RequestProblemException Bad(string detail) =>
        RequestProblemException.BadRequest("Invalid idempotency key", detail);
}
