using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Client;

namespace Raft.Host.Commands;

/// <summary><c>raft kv get</c>: reads a key.</summary>
internal static class KeyValueRead
{
    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Creates the command.</summary>
    /// <param name="openOutput">Opens the stream that receives the value.</param>
    public static ClientCommand Create(Func<Stream> openOutput)
    {
        var key = KeyValueCommands.Key();
        var consistency = KeyValueCommands.Consistency();
        var command = new ClientCommand(
            "get",
            "Write the value of a key to standard output, byte for byte.",
            "key, revision, value (base64), consistency and log index")
        {
            key, consistency,
        };
        command.Does((call, cancellationToken) => RunAsync(
            call, call.Parsed.GetRequiredValue(key), call.Parsed.GetRequiredValue(consistency), openOutput, cancellationToken));
        return command;
    }

    private static async Task RunAsync(
        ClientCall call, string key, string consistency, Func<Stream> openOutput, CancellationToken cancellationToken)
    {
        var path = $"{KeyValueCommands.PathOf(key)}?consistency={consistency}";
        using var answer = await call.Api.ReadAsync(path, call.Error, cancellationToken).ConfigureAwait(false);
        var value = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (call.IsJson)
        {
            var json = new ReadValue(
                key,
                Number(answer.Headers.ETag?.Tag.Trim('"')),
                value,
                NodeApi.HeaderOf(answer, ApiNames.ConsistencyHeader),
                Number(NodeApi.HeaderOf(answer, ApiNames.IndexHeader)));
            await call.Out.WriteLineAsync(JsonSerializer.Serialize(json, Readable)).ConfigureAwait(false);
            return;
        }

        await using var output = openOutput();
        await output.WriteAsync(value, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record ReadValue(string Key, long? Revision, byte[] Value, string? Consistency, long? Index);
}
