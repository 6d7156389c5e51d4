using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of <see cref="KeyValueRoutes"/>.</summary>
internal static class KeyValueDocument
{
    private const string Tag = "Key-value store";
    private const string IfMatch = "If-Match";
    private const string NotDone = "No leader responded in time. Nothing was done. Try again after `Retry-After` seconds.";
    private const string Busy = "A queue is full. Nothing was done. Try again after `Retry-After` seconds.";
    private const string Unknown =
        "No response arrived in time: the write may or may not be applied, now or later. Read the key before you repeat the "
        + "write, or repeat it with the same `Idempotency-Key`.";

    private const string Condition =
        "The condition failed. Nothing was changed. `currentRevision` is the current revision, 0 if the key does not exist.";

    public static RouteDocument Put => new("putKey", Tag, "Set a key")
    {
        Description = "Responds once a majority of the members has the write on disk and it is applied.",
        Parameters =
        [
            Key,
            ApiDocument.Header(IfMatch, "Compare-and-set: write only if the key has this revision, `\"12\"` or `12`.", "\"12\""),
            ApiDocument.Header("If-None-Match", "`*`: write only if the key does not exist. Excludes `If-Match`.", "*"),
            Idempotency,
        ],
        Body = $"The value: any bytes, up to {ApiLimits.MaxValueBytes}.",
        BodyExample = "red",
        Answer = "The value was set.",
        Example = new WriteAnswer("colour", Revision: 12, Index: 12, Term: 3),
        Headers = RevisionTag,
        Problems = Writing(new()
        {
            [412] = Condition,
            [413] = "The key or the value is too large. Nothing was changed.",
        }),
        ProblemExamples = WritingExamples,
    };

    public static RouteDocument Get => new("getKey", Tag, "Read a key")
    {
        Parameters =
        [
            Key,
            Consistency,
            ApiDocument.Header("If-None-Match", "Read only if the key has another revision than this one, the `ETag` of an "
                + "earlier response.", "\"12\""),
        ],
        Answer = "The value, byte for byte.",
        Example = "red",
        Headers = new Dictionary<string, OpenApiHeader>(RevisionTag.Concat(ReadHeaders.Document)),
        NotModified = "The key still has the revision that `If-None-Match` names.",
        Problems = Reading(new()
        {
            [404] = "The key does not exist.",
            [412] = "The key does not have the revision that `If-Match` names.",
            [413] = "The key is too large.",
        }),
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [400] = new("Invalid consistency", "consistency is 'Stale'; it must be linearizable, lease, follower or stale."),
            [404] = NoSuchKey,
            [412] = new("Condition failed", "The key has revision \"12\", which does not meet the request's conditions."),
            [413] = KeyTooLarge,
        },
    };

    public static RouteDocument Delete => new("deleteKey", Tag, "Delete a key")
    {
        Parameters =
        [
            Key,
            ApiDocument.Header(IfMatch, "Delete only if the key has this revision, `\"12\"` or `12`.", "\"12\""),
            Idempotency,
        ],
        Answer = "The key was deleted.",
        Example = new WriteAnswer("colour", Revision: 12, Index: 15, Term: 3),
        Problems = Writing(new()
        {
            [404] = "The key does not exist.",
            [412] = Condition,
            [413] = "The key is too large.",
        }),
        ProblemExamples = WritingExamples,
    };

    public static RouteDocument List => new("listKeys", Tag, "List keys, a page at a time")
    {
        Description = "Each page is read separately. A key that changes between pages may be listed with its old or its new "
            + "state.",
        Parameters =
        [
            ApiDocument.Query("prefix", "List only keys that start with this text.", ApiDocument.Text(), "col"),
            ApiDocument.Query("limit", "Maximum number of keys.", InspectionDocument.Limit(ApiLimits.MaxKeyPage)),
            ApiDocument.Query(
                "cursor", "The `cursor` of the previous page. Omit it for the first page.", ApiDocument.Text(), "Y29sb3Vy"),
            Consistency,
        ],
        Answer = "A page of keys, ordered by their UTF-16 code units.",
        Example = new KeyPageAnswer([new KeyAnswer("colour", Revision: 12, Bytes: 3)], Cursor: null),
        Headers = ReadHeaders.Document,
        Problems = Reading([]),
    };

    private static ProblemExample NoSuchKey => new("No such key", "The key 'colour' does not exist.");

    private static ProblemExample KeyTooLarge => new("Key too large", "The key has 2000 bytes. The limit is 1024.");

    private static Dictionary<int, ProblemExample> WritingExamples => new()
    {
        [400] = new("Invalid condition", "If-Match is 'red'; it must be one revision, such as 12 or \"12\"."),
        [404] = NoSuchKey,
        [412] = new("Condition failed", "The key 'colour' has revision 14. Nothing was changed."),
        [413] = KeyTooLarge,
    };

    private static OpenApiParameter Idempotency => ApiDocument.Header(
        ApiNames.IdempotencyKeyHeader,
        "An identifier for this write, such as a UUID. Repeating the write with the same key applies it only once and returns "
        + "the first response. 1 to 255 printable ASCII characters. The cluster remembers the newest `raft.max-sessions` keys, "
        + "each for `raft.session-timeout` and at least for `raft.idempotency-retention`. If too many keys are younger than "
        + "that, a write with a new key is rejected with 429. A key that was used for another write is rejected with 400.",
        "5f1c2b7e-8a34-4a52-9c0e-2f6d1b9a7c11");

    private static OpenApiParameter Key => new()
    {
        Name = "key",
        In = ParameterLocation.Path,
        Required = true,
        Description = KeyPath.Rule,
        Schema = ApiDocument.Text(),
        Example = "colour",
    };

    private static OpenApiParameter Consistency => ApiDocument.Query(
        "consistency",
        "`linearizable` reflects every write acknowledged before. `follower` does too, and this node responds from its own "
        + "state. `lease` does too as long as no clock drifts more than configured; it is rejected if `raft.lease-reads` is "
        + "off. `stale` returns the state of this node, which may be behind by any amount.",
        new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. ConsistencyName.All.Select(name => JsonValue.Create(name))],
            Default = JsonValue.Create(ConsistencyName.All[0]),
        });

    private static Dictionary<string, OpenApiHeader> RevisionTag => new()
    {
        ["ETag"] = new OpenApiHeader { Description = "The revision of the key, in quotes.", Schema = ApiDocument.Text() },
    };

    private static Dictionary<int, string> Writing(Dictionary<int, string> own)
    {
        var problems = Reading(own);
        problems[504] = Unknown;
        return problems;
    }

    private static Dictionary<int, string> Reading(Dictionary<int, string> own) => new(own)
    {
        [400] = "The key, a header or a parameter is invalid. Nothing was changed.",
        [429] = Busy,
        [503] = NotDone,
    };
}
