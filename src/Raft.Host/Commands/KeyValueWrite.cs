using System.CommandLine;
using System.Text;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Client;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft kv put</c> and <c>raft kv delete</c>: write keys.</summary>
internal static class KeyValueWrite
{
    private const string Json = "key, revision, index and term";

    /// <summary>Creates <c>put</c>.</summary>
    /// <param name="openInput">Opens the stream from which the value <c>-</c> is read.</param>
    public static ClientCommand CreatePut(Func<Stream> openInput)
    {
        var key = KeyValueCommands.Key();
        var value = new Argument<string?>("VALUE")
        {
            Description = "The value. - reads it from standard input. Write -- before a value such as -1.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = FileOption.Create("--file", "Read the value from a file.");
        var ifRevision = IfRevision();
        var ifAbsent = new Option<bool>("--if-absent") { Description = "Write only if the key does not exist." };
        var idempotencyKey = IdempotencyKey();
        var command = new ClientCommand("put", "Set a key.", Json) { key, value, file, ifRevision, ifAbsent, idempotencyKey };
        command.Validators.Add(result =>
        {
            if (result.GetResult(ifRevision) is not null && result.GetValue(ifAbsent))
                result.AddError("--if-revision and --if-absent exclude each other; use only one of them.");
            var isTyped = result.GetResult(value) is { Tokens.Count: > 0 };
            if (isTyped == result.GetResult(file) is not null)
                result.AddError("Use either VALUE or --file PATH.");
        });
        command.Does(async (call, cancellationToken) =>
        {
            var bytes = call.Parsed.GetValue(file) is { } path
                ? await FileAsync(path, cancellationToken).ConfigureAwait(false)
                : await ValueAsync(call.Parsed.GetRequiredValue(value)!, openInput, cancellationToken).ConfigureAwait(false);
            using var request = Request(
                HttpMethod.Put, call.Parsed.GetRequiredValue(key), call.Parsed.GetValue(ifRevision));
            Name(request, call.Parsed.GetValue(idempotencyKey));
            if (call.Parsed.GetValue(ifAbsent)) request.Headers.Add("If-None-Match", "*");
            request.Content = new ByteArrayContent(bytes);
            await SendAsync(call, request, "is set", cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Creates <c>delete</c>.</summary>
    public static ClientCommand CreateDelete()
    {
        var key = KeyValueCommands.Key();
        var ifRevision = IfRevision();
        var idempotencyKey = IdempotencyKey();
        var command = new ClientCommand("delete", "Delete a key.", Json) { key, ifRevision, idempotencyKey };
        command.Does(async (call, cancellationToken) =>
        {
            using var request = Request(
                HttpMethod.Delete, call.Parsed.GetRequiredValue(key), call.Parsed.GetValue(ifRevision));
            Name(request, call.Parsed.GetValue(idempotencyKey));
            await SendAsync(call, request, "is deleted", cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Option<long?> IfRevision() =>
        PositionOption.Create("--if-revision", "Write only if the key has this revision.");

    private static Option<string?> IdempotencyKey()
    {
        var option = new Option<string?>("--idempotency-key")
        {
            Description = "An identifier for this write, such as a UUID. Repeating the write with the same identifier applies "
                + "it only once.",
            HelpName = "KEY",
        };
        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens.Count > 0) Raft.Actors.Protocol.IdempotencyKey.Parse(result.Tokens[0].Value);
            }
            catch (FormatException e)
            {
                result.AddError($"--idempotency-key is not valid. {e.Message}");
            }
        });
        return option;
    }

    private static void Name(HttpRequestMessage request, string? idempotencyKey)
    {
        if (idempotencyKey is not null) request.Headers.Add(ApiNames.IdempotencyKeyHeader, idempotencyKey);
    }

    private static HttpRequestMessage Request(HttpMethod method, string key, long? ifRevision)
    {
        var request = new HttpRequestMessage(method, KeyValueCommands.PathOf(key));
        if (ifRevision is { } revision) request.Headers.Add("If-Match", $"\"{Readable.Number(revision)}\"");
        return request;
    }

    private static async Task SendAsync(
        ClientCall call, HttpRequestMessage request, string done, CancellationToken cancellationToken)
    {
        using var answer = await call.Api.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var write = call.Api.Parse<WriteAnswer>(text);
        await call.Out.WriteLineAsync(call.IsJson
            ? text
            : $"{Terminal.Printable(write.Key)} {done}: revision {write.Revision}, index {write.Index}, term {write.Term}")
            .ConfigureAwait(false);
    }

    private static async Task<byte[]> ValueAsync(
        string value, Func<Stream> openInput, CancellationToken cancellationToken)
    {
        if (value != "-") return Encoding.UTF8.GetBytes(value);
        await using var input = openInput();
        return await ReadAsync(input, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException($"the file '{path}' can't be read: {e.Message} Nothing was sent.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var buffer = new byte[ApiLimits.MaxValueBytes + 1];
        var count = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return count <= ApiLimits.MaxValueBytes
            ? buffer[..count]
            : throw new CommandFailedException(
                $"the value exceeds the limit of {ApiLimits.MaxValueBytes} bytes. Nothing was sent.");
    }
}
