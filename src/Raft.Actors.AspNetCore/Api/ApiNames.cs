namespace Raft.Actors.AspNetCore.Api;

/// <summary>Names that the API shares with its clients, besides paths and JSON fields.</summary>
internal static class ApiNames
{
    /// <summary>The header that tells the consistency of a read, one of <see cref="ConsistencyName"/>.</summary>
    public const string ConsistencyHeader = "Raft-Consistency";

    /// <summary>The header that tells the last log index that a response reflects.</summary>
    public const string IndexHeader = "Raft-Index";

    /// <summary>The header that makes all requests with the same key one write.</summary>
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>The title of a problem after which a request may or may not have been applied.</summary>
    public const string OutcomeUnknown = "Outcome unknown";
}
