using Raft.Actors.Protocol;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary><c>Idempotency-Key</c>: makes all requests with the same key one write.</summary>
internal static class IdempotencyHeader
{
    /// <summary>Reads the key; null where there is none.</summary>
    /// <exception cref="RequestProblemException">It is not valid, or given twice.</exception>
    public static IdempotencyKey? Of(HttpRequest request)
    {
        var values = request.Headers[ApiNames.IdempotencyKeyHeader];
        if (values.Count == 0) return null;
        if (values.Count > 1) throw Bad($"{ApiNames.IdempotencyKeyHeader} is given {values.Count} times; give it once.");
        try
        {
            return IdempotencyKey.Parse(values.ToString());
        }
        catch (FormatException e)
        {
            throw Bad($"{ApiNames.IdempotencyKeyHeader} is not valid. {e.Message}");
        }
    }

    private static RequestProblemException Bad(string detail) =>
        RequestProblemException.BadRequest("Invalid idempotency key", detail);
}
