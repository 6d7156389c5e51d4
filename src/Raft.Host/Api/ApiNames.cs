namespace Raft.Host.Api;

/// <summary>Names that the API and its clients share, beside paths and JSON.</summary>
internal static class ApiNames
{
    /// <summary>The header that tells how a read was done: <see cref="ConsistencyName"/>.</summary>
    public const string ConsistencyHeader = "Raft-Consistency";

    /// <summary>The header that tells the last log index that an answer reflects.</summary>
    public const string IndexHeader = "Raft-Index";

    /// <summary>The header that makes all requests with the same key one write.</summary>
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>The title of a problem that says: the request may or may not have been done.</summary>
    public const string OutcomeUnknown = "Outcome unknown";
}
