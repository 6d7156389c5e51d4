using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Raft.Host.Commands;

/// <summary><c>raft kv get</c>.</summary>
internal static class KeyValueRead
{
    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the command.</summary>
    /// <param name="openOutput">Where the value goes.</param>
    public static ClientCommand Create(Func<Stream> openOutput)
    {
        var key = KeyValueCommands.Key();
        var consistency = KeyValueCommands.Consistency();
        var command = new ClientCommand(
            "get",
            "Write a key's value to standard output, byte by byte as it was put.",
            "key, revision, and the value in base64")
        {
            key, consistency,
        };
        command.Does((call, cancellation) => RunAsync(
            call, call.Parsed.GetRequiredValue(key), call.Parsed.GetRequiredValue(consistency), openOutput, cancellation));
        return command;
    }

    private static async Task RunAsync(
        ClientCall call, string key, string consistency, Func<Stream> openOutput, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{KeyValueCommands.PathOf(key)}?consistency={consistency}");
        using var answer = await call.Api.SendAsync(request, cancellation).ConfigureAwait(false);
        var value = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        if (call.IsJson)
        {
            var json = new ReadValue(key, Revision(answer), value);
            await call.Out.WriteLineAsync(JsonSerializer.Serialize(json, Readable)).ConfigureAwait(false);
            return;
        }

        await using var output = openOutput();
        await output.WriteAsync(value, cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static long? Revision(HttpResponseMessage answer) =>
        long.TryParse(answer.Headers.ETag?.Tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;

    private sealed record ReadValue(string Key, long? Revision, byte[] Value);
}
