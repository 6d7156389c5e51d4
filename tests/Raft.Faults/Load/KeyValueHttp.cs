using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>What a client knows of a call.</summary>
internal enum Fate
{
    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It was not done, and never will be.</summary>
    NotDone,

    /// <summary>It was done, or not, or will be.</summary>
    Unknown,
}

/// <summary>How a call ended.</summary>
/// <param name="Fate">What is known of it.</param>
/// <param name="Output">The answer; null unless it was answered.</param>
internal sealed record CallResult(Fate Fate, KeyValueOutput? Output = null);

/// <summary>One call of the key-value store over HTTP, as far as a client can tell what became of it.</summary>
/// <param name="http">Sends it, and gives up in time.</param>
internal sealed class KeyValueHttp(HttpClient http)
{
    private static readonly CallResult NotDone = new(Fate.NotDone);
    private static readonly CallResult Unknown = new(Fate.Unknown);

    /// <summary>Sends a call and waits for its end.</summary>
    /// <param name="url">The node that is asked.</param>
    /// <param name="input">What is asked.</param>
    /// <param name="consistency">A read's consistency.</param>
    /// <param name="idempotencyKey">A write's key under which it may be repeated; null for none.</param>
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

    /// <summary>What an answer says.</summary>
    /// <exception cref="InvalidOperationException">The program never answers so.</exception>
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
            // HttpClient sends a request again by itself where the connection closed, unless it has a body.
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
