using System.Buffers;
using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Reads a request's body.</summary>
internal static class RequestBody
{
    /// <summary>Reads a value, and no more of it than a value may have.</summary>
    /// <exception cref="RequestProblemException">The body is too large.</exception>
    /// <exception cref="BadHttpRequestException">The body ends early or is not well formed.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadValueAsync(HttpRequest request, CancellationToken aborted) =>
        ReadAsync(request, ApiLimits.MaxValueBytes, ValueTooLarge, aborted);

    /// <summary>Reads the body of a POST, which is JSON or empty: <see cref="OriginMiddleware"/> lets no other one through.</summary>
    /// <exception cref="RequestProblemException">The body is too large.</exception>
    /// <exception cref="BadHttpRequestException">The body ends early or is not well formed.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadJsonAsync(HttpRequest request, CancellationToken aborted) =>
        ReadAsync(request, ApiLimits.MaxJsonBytes, JsonTooLarge, aborted);

    /// <summary>Whether a request says that its body is JSON.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, int limit, Func<RequestProblemException> tooLarge, CancellationToken aborted)
    {
        if (request.ContentLength > limit) throw tooLarge();
        var reader = request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(aborted).ConfigureAwait(false);
            if (part.Buffer.Length > limit)
            {
                reader.AdvanceTo(part.Buffer.End);
                throw tooLarge();
            }

            if (part.IsCompleted)
            {
                var body = part.Buffer.ToArray();
                reader.AdvanceTo(part.Buffer.End);
                return body;
            }

            reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
        }
    }

    private static RequestProblemException JsonTooLarge() => RequestProblemException.TooLarge(
        "Body too large", $"The body has more than {ApiLimits.MaxJsonBytes} bytes, the limit; write {{\"to\":\"n2\"}} and no more.");

    private static RequestProblemException ValueTooLarge() => RequestProblemException.TooLarge(
        "Value too large", $"The value has more than {ApiLimits.MaxValueBytes} bytes, the limit; store it in parts.");
}
