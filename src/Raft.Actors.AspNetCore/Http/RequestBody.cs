using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Raft.Actors.AspNetCore.Api;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Reads request bodies.</summary>
internal static class RequestBody
{
    /// <summary>Reads a value, up to the maximum size of a value.</summary>
    /// <exception cref="RequestProblemException">The body is too large.</exception>
    /// <exception cref="BadHttpRequestException">The body is incomplete or malformed.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadValueAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, ApiLimits.MaxValueBytes, ValueTooLarge, cancellationToken);

    /// <summary>Reads the body of a POST, which is JSON or empty: <see cref="OriginGuard"/> rejects all others.</summary>
    /// <exception cref="RequestProblemException">The body is too large.</exception>
    /// <exception cref="BadHttpRequestException">The body is incomplete or malformed.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, ApiLimits.MaxJsonBytes, JsonTooLarge, cancellationToken);

    /// <summary>Returns whether the content type of a request is JSON.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, int limit, Func<RequestProblemException> tooLarge, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) throw tooLarge();
        var reader = request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
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
        "Body too large", $"The body exceeds the limit of {ApiLimits.MaxJsonBytes} bytes. Send only {{\"to\":\"n2\"}}.");

    private static RequestProblemException ValueTooLarge() => RequestProblemException.TooLarge(
        "Value too large", $"The value exceeds the limit of {ApiLimits.MaxValueBytes} bytes. Store it in parts.");
}
