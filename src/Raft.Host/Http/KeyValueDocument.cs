using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="KeyValueRoutes"/>.</summary>
internal static class KeyValueDocument
{
    private const string Tag = "Key-value store";
    private const string IfMatch = "If-Match";
    private const string NotDone = "No leader answered in time; nothing was done. Try again after `Retry-After` seconds.";
    private const string Busy = "A queue is full; nothing was done. Try again after `Retry-After` seconds.";
    private const string Unknown =
        "The answer did not come in time: the write may or may not be done, now or later. Read before you "
        + "repeat it, or repeat it with the same `Idempotency-Key`.";

    private const string Condition =
        "The condition failed and nothing was changed; `currentRevision` is the revision that stands, 0 for none.";

    public static RouteDocument Put => new("putKey", Tag, "Set a key")
    {
        Description = "Answers when a majority of the members has the write on disk and it is applied.",
        Parameters =
        [
            Key,
            ApiDocument.Header(IfMatch, "Compare-and-set: only if the key has this revision. `\"12\"` or `12`.", "\"12\""),
            ApiDocument.Header("If-None-Match", "`*`: only if the key does not exist. Not together with `If-Match`.", "*"),
            Idempotency,
        ],
        Body = $"The value: any bytes, at most {ApiLimits.MaxValueBytes}.",
        BodyExample = "red",
        Answer = "The value is set.",
        Example = new WriteAnswer("colour", Revision: 12, Index: 12, Term: 3),
        Headers = RevisionTag,
        Problems = Writing(new()
        {
            [412] = Condition,
            [413] = "The key or the value is too large; nothing was changed.",
        }),
        ProblemExamples = WritingExamples,
    };

    public static RouteDocument Get => new("getKey", Tag, "Read a key")
    {
        Parameters =
        [
            Key,
            Consistency,
            ApiDocument.Header("If-None-Match", "Only if the key has another revision: the `ETag` of an earlier answer.", "\"12\""),
        ],
        Answer = "The value, as it was put.",
        Example = "red",
        Headers = new Dictionary<string, OpenApiHeader>(RevisionTag.Concat(ReadHeaders.Document)),
        NotModified = "The key still has the revision that `If-None-Match` names.",
        Problems = Reading(new()
        {
            [404] = "There is no such key.",
            [412] = "`If-Match` is given and the key has another revision.",
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
            ApiDocument.Header(IfMatch, "Only if the key has this revision. `\"12\"` or `12`.", "\"12\""),
            Idempotency,
        ],
        Answer = "The key is deleted.",
        Example = new WriteAnswer("colour", Revision: 12, Index: 15, Term: 3),
        Problems = Writing(new()
        {
            [404] = "There is no such key.",
            [412] = Condition,
            [413] = "The key is too large.",
        }),
        ProblemExamples = WritingExamples,
    };

    public static RouteDocument List => new("listKeys", Tag, "List keys, a page at a time")
    {
        Description = "Pages are read one after the other; a key that changes in between may be old or new.",
        Parameters =
        [
            ApiDocument.Query("prefix", "Only keys that begin so.", ApiDocument.Text(), "col"),
            ApiDocument.Query("limit", "Keys in the page, at the most.", InspectionDocument.Limit(ApiLimits.MaxKeyPage)),
            ApiDocument.Query(
                "cursor", "The `cursor` of the page before; none for the first page.", ApiDocument.Text(), "Y29sb3Vy"),
            Consistency,
        ],
        Answer = "A page of keys, ordered by their UTF-16 code units.",
        Example = new KeyPageAnswer([new KeyAnswer("colour", Revision: 12, Bytes: 3)], Cursor: null),
        Headers = ReadHeaders.Document,
        Problems = Reading([]),
    };

    private static ProblemExample NoSuchKey => new("No such key", "There is no key 'colour'.");

    private static ProblemExample KeyTooLarge => new("Key too large", "The key has 2000 bytes; at most 1024 are allowed.");

    private static Dictionary<int, ProblemExample> WritingExamples => new()
    {
        [400] = new("Invalid condition", "If-Match is 'red'; it must be one revision, such as 12 or \"12\"."),
        [404] = NoSuchKey,
        [412] = new("Condition failed", "The key 'colour' has revision 14; nothing was changed."),
        [413] = KeyTooLarge,
    };

    private static OpenApiParameter Idempotency => ApiDocument.Header(
        ApiNames.IdempotencyKeyHeader,
        "A name for this write, such as a UUID. Repeated with the same key it is done once, and gets the first answer. 1 to 255 "
        + "printable ASCII characters; the cluster remembers the newest `raft.max-sessions` keys, each for "
        + "`raft.session-timeout`, and none for less than `raft.idempotency-retention`: where too many are younger, a write with a new "
        + "one is refused with 429. A key that was used for another write is refused with 400.",
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
        "`linearizable` reflects every write acknowledged before. `follower` does too, and this node answers from its own state. "
        + "`lease` does too as long as no clock drifts more than configured; refused where `raft.lease-reads` is off. `stale` is "
        + "this node's own state, which may be behind by any amount.",
        new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. ConsistencyName.All.Select(name => JsonValue.Create(name))],
            Default = JsonValue.Create(ConsistencyName.All[0]),
        });

    private static Dictionary<string, OpenApiHeader> RevisionTag => new()
    {
        ["ETag"] = new OpenApiHeader { Description = "The key's revision, in quotes.", Schema = ApiDocument.Text() },
    };

    private static Dictionary<int, string> Writing(Dictionary<int, string> own)
    {
        var problems = Reading(own);
        problems[504] = Unknown;
        return problems;
    }

    private static Dictionary<int, string> Reading(Dictionary<int, string> own) => new(own)
    {
        [400] = "The key, a header or a parameter is not valid; nothing was changed.",
        [429] = Busy,
        [503] = NotDone,
    };
}
