using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Clients;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Serves <c>/api/kv</c>: the replicated key-value store.</summary>
internal sealed class KeyValueRoutes(Func<KeyValueClient> store)
{
    private const string Key = "/kv/{**key}";
    private const string Binary = "application/octet-stream";

    public void Map(IEndpointRouteBuilder routes, bool allowChanges)
    {
        if (allowChanges) routes.MapPut(Key, PutAsync).Produces<WriteAnswer>().Documented(KeyValueDocument.Put);
        routes.MapGet(Key, GetAsync).Produces<byte[]>(contentType: Binary).Documented(KeyValueDocument.Get);
        if (allowChanges) routes.MapDelete(Key, DeleteAsync).Produces<WriteAnswer>().Documented(KeyValueDocument.Delete);
        routes.MapGet("/kv", ListAsync).Produces<KeyPageAnswer>().Documented(KeyValueDocument.List);
    }

    private async Task<IResult> PutAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var key = KeyPath.KeyOf(request);
        var condition = RequestConditions.Of(request, mayCreate: true);
        var idempotencyKey = IdempotencyHeader.Of(request);
        var value = await RequestBody.ReadValueAsync(request, cancellationToken).ConfigureAwait(false);
        var write = await store().PutAsync(key, value, condition, idempotencyKey, cancellationToken).ConfigureAwait(false);
        if (write.Outcome == WriteOutcome.Done) request.HttpContext.Response.Headers.ETag = Tag(write.Revision).ToString();
        return Answer(key, write);
    }

    private async Task<IResult> DeleteAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var key = KeyPath.KeyOf(request);
        var condition = RequestConditions.Of(request, mayCreate: false);
        var idempotencyKey = IdempotencyHeader.Of(request);
        return Answer(key, await store().DeleteAsync(key, condition, idempotencyKey, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var key = KeyPath.KeyOf(request);
        var consistency = QueryParameters.Consistency(request);
        var read = await store().GetAsync(key, consistency, cancellationToken).ConfigureAwait(false);
        ReadHeaders.Write(request.HttpContext.Response, consistency, read.Index);
        return read is { Revision: > 0, Value: { } value }
            ? TypedResults.Bytes(value, Binary, entityTag: Tag(read.Revision))
            : throw NoSuchKey(key);
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (KeyPath.EndsWithSlash(request))
            throw RequestProblemException.BadRequest(
                "Invalid key", "The key is empty. Name a key, or omit the slash to list keys.");

        var prefix = QueryParameters.Text(request, "prefix");
        var limit = QueryParameters.Number(request, "limit", ApiLimits.DefaultPage, min: 1, ApiLimits.MaxKeyPage);
        var after = QueryParameters.AfterCursor(request);
        var consistency = QueryParameters.Consistency(request);
        var page = await store().ListAsync(prefix, (int)limit, after, consistency, cancellationToken).ConfigureAwait(false);
        ReadHeaders.Write(request.HttpContext.Response, consistency, page.Index);
        return RaftJson.Answer(new KeyPageAnswer(
            [.. page.Keys.Select(k => new KeyAnswer(k.Key, k.Revision, k.Bytes))],
            QueryParameters.CursorAfter(page.Next)));
    }

    private static IResult Answer(string key, KeyValueWrite write) => write.Outcome switch
    {
        WriteOutcome.Done => RaftJson.Answer(new WriteAnswer(key, write.Revision, write.Index, write.Term)),
        WriteOutcome.ConditionFailed => TypedResults.Problem(ConditionFailed(key, write.Revision)),
        WriteOutcome.NotFound => throw NoSuchKey(key),
        _ => throw RequestProblemException.BadRequest("Refused", "The store rejected the write. Nothing was changed."),
    };

    private static ProblemDetails ConditionFailed(string key, long revision) => new()
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Title = "Condition failed",
        Detail = revision == 0
            ? $"The key '{key}' does not exist. Nothing was changed."
            : $"The key '{key}' has revision {revision}. Nothing was changed.",
        Extensions = { ["key"] = key, ["currentRevision"] = revision },
    };

    private static RequestProblemException NoSuchKey(string key) =>
        new(StatusCodes.Status404NotFound, "No such key", $"The key '{key}' does not exist.");

    private static EntityTagHeaderValue Tag(long revision) =>
        new($"\"{revision.ToString(CultureInfo.InvariantCulture)}\"");
}
