using System.Text;
using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Actors.StateMachines.KeyValue;

/// <summary>
/// The replicated key-value store: values are bytes, and keys are ordered by their UTF-16 code units. A key's revision is the log
/// index of the write that set its value. Revisions are never reused, so compare-and-set is safe against a key that was deleted
/// and created again.
/// </summary>
public sealed partial class KeyValueStore : IStateMachine
{
    /// <summary>Maximum length of a key in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Maximum number of keys in one page of a range.</summary>
    public const int MaxRangeKeys = 1000;

    private const int MaxRangeBytes = 256 * 1024;
    private const int RangeKeyOverhead = 32;

    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="key"/> may be used: 1 to <see cref="MaxKeyBytes"/> bytes of valid UTF-8.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">The problem as a sentence; null if there is none.</param>
    public static bool IsValidKey(string key, out string? problem)
    {
        problem = key.Length == 0 ? "The key is empty; name one."
            : !IsValidText(key) ? "The key is not valid Unicode."
            : Encoding.UTF8.GetByteCount(key) is var bytes && bytes > MaxKeyBytes
                ? $"The key has {bytes} bytes; at most {MaxKeyBytes} are allowed."
            : null;
        return problem is null;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
    {
        if (!TryParse(Command.Parser, command, out var parsed)) return Result(WriteOutcome.Invalid, 0);
        return parsed.OperationCase switch
        {
            Command.OperationOneofCase.Put => Put(index, parsed.Put),
            Command.OperationOneofCase.Delete => Delete(parsed.Delete),
            _ => Result(WriteOutcome.Invalid, 0),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">The bytes are no query of the key-value store.</exception>
    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query)
    {
        if (!TryParse(Proto.KeyQuery.Parser, query, out var parsed))
            throw new FormatException("The bytes are not a query of the key-value store.");
        return parsed.QueryCase switch
        {
            Proto.KeyQuery.QueryOneofCase.Get => Get(parsed.Get),
            Proto.KeyQuery.QueryOneofCase.Range => Range(parsed.Range),
            _ => throw new FormatException("The query is empty."),
        };
    }

    private byte[] Put(LogIndex index, Put put)
    {
        if (!IsValidKey(put.Key, out _)) return Result(WriteOutcome.Invalid, 0);
        var current = RevisionOf(put.Key);
        if (put.HasExpectedRevision && put.ExpectedRevision != current)
            return Result(WriteOutcome.ConditionFailed, current);

        _values[put.Key] = new Value(put.Value.Memory, index.Value);
        if (current == 0) _keys.Add(put.Key);
        return Result(WriteOutcome.Done, index.Value);
    }

    private byte[] Delete(Delete delete)
    {
        var current = RevisionOf(delete.Key);
        if (delete.HasExpectedRevision && delete.ExpectedRevision != current)
            return Result(WriteOutcome.ConditionFailed, current);
        if (current == 0) return Result(WriteOutcome.NotFound, 0);

        _values.Remove(delete.Key);
        _keys.Remove(delete.Key);
        return Result(WriteOutcome.Done, current);
    }

    private byte[] Get(string key)
    {
        var result = new GetResult();
        if (_values.TryGetValue(key, out var value))
        {
            result.Value = UnsafeByteOperations.UnsafeWrap(value.Bytes);
            result.Revision = value.Revision;
        }

        return result.ToByteArray();
    }

    private byte[] Range(Proto.Range range)
    {
        var limit = Math.Clamp(range.Limit, 1, MaxRangeKeys);
        var result = new RangeResult();
        var bytes = 0;
        foreach (var key in KeysFrom(range.Prefix, range.After))
        {
            if (!key.StartsWith(range.Prefix, StringComparison.Ordinal)) break;
            if (string.CompareOrdinal(key, range.After) <= 0) continue;
            bytes += Encoding.UTF8.GetByteCount(key) + RangeKeyOverhead;
            if (result.Keys.Count == limit || bytes > MaxRangeBytes)
            {
                result.More = true;
                break;
            }

            var value = _values[key];
            result.Keys.Add(new KeyRevision { Key = key, Revision = value.Revision, Bytes = value.Bytes.Length });
        }

        return result.ToByteArray();
    }

    private SortedSet<string> KeysFrom(string prefix, string after)
    {
        var first = string.CompareOrdinal(prefix, after) >= 0 ? prefix : after;
        return _keys.Count == 0 || string.CompareOrdinal(first, _keys.Max) > 0
            ? []
            : _keys.GetViewBetween(first, _keys.Max);
    }

    private long RevisionOf(string key) => _values.TryGetValue(key, out var value) ? value.Revision : 0;

    private static byte[] Result(WriteOutcome outcome, long revision) =>
        new WriteResult { Outcome = (int)outcome, Revision = revision }.ToByteArray();

    private static bool TryParse<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes, out T message)
        where T : IMessage<T>
    {
        try
        {
            message = parser.ParseFrom(bytes.Span);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            message = default!;
            return false;
        }
    }

    private static bool IsValidText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private readonly record struct Value(ReadOnlyMemory<byte> Bytes, long Revision);
}
