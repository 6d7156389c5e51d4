using System.Buffers;

namespace Raft.Host.Http;

/// <summary>Reads a value from a request's body.</summary>
internal static class RequestBody
{
    /// <summary>Reads the whole body, and no more of it than a value may have.</summary>
    /// <exception cref="RequestProblemException">The body is too large.</exception>
    /// <exception cref="BadHttpRequestException">The body ends early or is not well formed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentLength > ApiLimits.MaxValueBytes) throw TooLarge();
        var reader = request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(aborted).ConfigureAwait(false);
            if (part.Buffer.Length > ApiLimits.MaxValueBytes)
            {
                reader.AdvanceTo(part.Buffer.End);
                throw TooLarge();
            }

            if (part.IsCompleted)
            {
                var value = part.Buffer.ToArray();
                reader.AdvanceTo(part.Buffer.End);
                return value;
            }

            reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
        }
    }

    private static RequestProblemException TooLarge() => RequestProblemException.TooLarge(
        "Value too large", $"The value has more than {ApiLimits.MaxValueBytes} bytes, the limit; store it in parts.");
}
