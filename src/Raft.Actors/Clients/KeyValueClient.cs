using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Actors.Clients;

/// <summary>Reads and writes a group whose state machine is the <see cref="KeyValueStore"/>. Thread-safe.</summary>
/// <example>
/// <code>
/// var store = new KeyValueClient(client);
/// var write = await store.PutAsync("colour", "red"u8.ToArray(), WriteCondition.Absent);
/// var read = await store.GetAsync("colour");
/// </code>
/// </example>
/// <param name="client">
/// The client of the group, whose exceptions all methods throw (<see cref="IRaftClient"/>). The caller disposes of it.
/// </param>
public sealed class KeyValueClient(IRaftClient client)
{
    /// <summary>Sets a key.</summary>
    /// <param name="key">1 to <see cref="KeyValueStore.MaxKeyBytes"/> bytes of UTF-8.</param>
    /// <param name="value">The value.</param>
    /// <param name="condition">The condition under which the write happens.</param>
    /// <param name="idempotencyKey">
    /// Makes all writes with the same idempotency key one write; null for a write of its own.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the outcome is then unknown.</param>
    /// <returns>The outcome, and the key's revision.</returns>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public async Task<KeyValueWrite> PutAsync(
        string key,
        ReadOnlyMemory<byte> value,
        WriteCondition condition,
        IdempotencyKey? idempotencyKey = null,
        CancellationToken cancellationToken = default)
    {
        Check(key);
        var put = new Put { Key = key, Value = UnsafeByteOperations.UnsafeWrap(value) };
        if (condition.ExpectedRevision is { } revision) put.ExpectedRevision = revision;
        return await WriteAsync(new Command { Put = put }, idempotencyKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="condition">The condition under which the write happens.</param>
    /// <param name="idempotencyKey">
    /// Makes all writes with the same idempotency key one write; null for a write of its own.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the outcome is then unknown.</param>
    /// <returns>The outcome, and the key's revision.</returns>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public async Task<KeyValueWrite> DeleteAsync(
        string key,
        WriteCondition condition,
        IdempotencyKey? idempotencyKey = null,
        CancellationToken cancellationToken = default)
    {
        Check(key);
        var delete = new Delete { Key = key };
        if (condition.ExpectedRevision is { } revision) delete.ExpectedRevision = revision;
        return await WriteAsync(new Command { Delete = delete }, idempotencyKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="consistency">How recent the answer must be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The value and its revision; no value if the key does not exist.</returns>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public async Task<KeyValueRead> GetAsync(
        string key,
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellationToken = default)
    {
        Check(key);
        var answer = await QueryAsync(new KeyQuery { Get = key }, consistency, cancellationToken).ConfigureAwait(false);
        var result = GetResult.Parser.ParseFrom(answer.Result.Span);
        return new KeyValueRead(
            result.HasValue ? result.Value.Memory : (ReadOnlyMemory<byte>?)null, result.Revision, answer.AppliedIndex.Value);
    }

    /// <summary>Lists a page of keys, in ordinal order.</summary>
    /// <param name="prefix">Only keys with this prefix; empty for all keys.</param>
    /// <param name="limit">Maximum number of keys in the page, up to <see cref="KeyValueStore.MaxRangeKeys"/>.</param>
    /// <param name="after">
    /// Only keys after this one: <see cref="KeyPage.Next"/> of the previous page; empty for the first page.
    /// </param>
    /// <param name="consistency">How recent the answer must be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<KeyPage> ListAsync(
        string prefix,
        int limit,
        string after = "",
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellationToken = default)
    {
        var range = new StateMachines.KeyValue.Proto.Range { Prefix = prefix, Limit = limit, After = after };
        var answer = await QueryAsync(new KeyQuery { Range = range }, consistency, cancellationToken).ConfigureAwait(false);
        var result = RangeResult.Parser.ParseFrom(answer.Result.Span);
        return new KeyPage(
            [.. result.Keys.Select(k => new KeyListing(k.Key, k.Revision, k.Bytes))],
            result.More ? result.Keys[^1].Key : null,
            answer.AppliedIndex.Value);
    }

    private async Task<KeyValueWrite> WriteAsync(
        Command command, IdempotencyKey? idempotencyKey, CancellationToken cancellationToken)
    {
        var bytes = command.ToByteArray();
        var applied = idempotencyKey is { } key
            ? await client.ProposeAsync(bytes, key, cancellationToken).ConfigureAwait(false)
            : await client.ProposeAsync(bytes, cancellationToken).ConfigureAwait(false);
        var result = WriteResult.Parser.ParseFrom(applied.Result.Span);
        return new KeyValueWrite(
            (WriteOutcome)result.Outcome, result.Revision, applied.Index.Value, applied.Term.Value);
    }

    private Task<QueryAnswered> QueryAsync(KeyQuery query, ReadConsistency consistency, CancellationToken cancellationToken) =>
        client.QueryAsync(query.ToByteArray(), consistency, cancellationToken);

    private static void Check(string key)
    {
        if (!KeyValueStore.IsValidKey(key, out var problem)) throw new ArgumentException(problem, nameof(key));
    }
}
