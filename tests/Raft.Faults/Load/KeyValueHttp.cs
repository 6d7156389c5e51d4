using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>What a client knows about a call.</summary>
internal enum Fate
{
    /// <summary>The call was answered.</summary>
    Answered,

    /// <summary>The call was not done and never will be.</summary>
    NotDone,

    /// <summary>The outcome is unknown: the call may or may not take effect.</summary>
    Unknown,
}

/// <summary>The end of a call.</summary>
/// <param name="Fate">What the client knows about it.</param>
/// <param name="Output">The answer; null unless it was answered.</param>
internal sealed record CallResult(Fate Fate, KeyValueOutput? Output = null);

/// <summary>Sends calls to the key-value store over HTTP, and interprets what a client can know about their outcome.</summary>
/// <param name="http">The HTTP client, with a timeout.</param>
internal sealed class KeyValueHttp(HttpClient http)
{
    private static readonly CallResult NotDone = new(Fate.NotDone);
    private static readonly CallResult Unknown = new(Fate.Unknown);

    /// <summary>Sends a call and waits until it ends.</summary>
    /// <param name="url">The URL of the node.</param>
    /// <param name="input">The operation.</param>
    /// <param name="consistency">The consistency of a read.</param>
    /// <param name="idempotencyKey">The idempotency key of a write, with which it may be repeated; null for none.</param>
    public async Task<CallResult> SendAsync(
        string url, KeyValueInput input, string consistency = "linearizable", string? idempotencyKey = null)
    {
        using var request = RequestOf(url, input, consistency);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        try
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return ResultOf(input, response.StatusCode, response.Headers.ETag?.Tag, body);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return NotDone;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return Unknown;
        }
    }

    /// <summary>Interprets an answer.</summary>
    /// <exception cref="InvalidOperationException">An answer that the program never sends.</exception>
    internal static CallResult ResultOf(KeyValueInput input, HttpStatusCode status, string? tag, string body) =>
        (input, status) switch
        {
            (_, HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) => NotDone,
            (_, >= HttpStatusCode.InternalServerError) => Unknown,
            (GetInput, HttpStatusCode.OK) => Answered(new GetOutput(body, Number(tag!.Trim('"')))),
            (GetInput, HttpStatusCode.NotFound) => Answered(new GetOutput(null, 0)),
            (not GetInput, HttpStatusCode.OK) => Answered(new WriteOutput(WriteOutcome.Done, Member(body, "revision"))),
            (not GetInput, HttpStatusCode.PreconditionFailed) =>
                Answered(new WriteOutput(WriteOutcome.ConditionFailed, Member(body, "currentRevision"))),
            (DeleteInput, HttpStatusCode.NotFound) => Answered(new WriteOutput(WriteOutcome.NotFound, 0)),
            _ => throw new InvalidOperationException($"{input} was answered with {(int)status}: {body}"),
        };

    private static HttpRequestMessage RequestOf(string url, KeyValueInput input, string consistency)
    {
        var path = $"{url}/api/kv/{input.Key}";
        var request = input switch
        {
            PutInput put => new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(put.Value) },
            // HttpClient repeats a request by itself after the connection closed, unless the request has a body.
            DeleteInput => new HttpRequestMessage(HttpMethod.Delete, path) { Content = new StringContent("") },
            _ => new HttpRequestMessage(HttpMethod.Get, $"{path}?consistency={consistency}"),
        };
        var condition = input switch
        {
            PutInput put => put.Condition,
            DeleteInput delete => delete.Condition,
            _ => WriteCondition.None,
        };
        if (condition == WriteCondition.Absent)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        else if (condition.ExpectedRevision is { } revision)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"")));
        return request;
    }

    private static CallResult Answered(KeyValueOutput output) => new(Fate.Answered, output);

    private static long Member(string json, string name) => JsonDocument.Parse(json).RootElement.GetProperty(name).GetInt64();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
