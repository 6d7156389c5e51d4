using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Actors.Tests.StateMachines.KeyValue;

/// <summary>A key-value store that is used through bytes, as by a Raft node and its clients.</summary>
internal sealed class Store
{
    private readonly KeyValueStore _store = new();

    public static byte[] PutCommand(string key, byte[] value, long? expected = null)
    {
        var put = new Put { Key = key, Value = ByteString.CopyFrom(value) };
        if (expected is { } revision) put.ExpectedRevision = revision;
        return new Command { Put = put }.ToByteArray();
    }

    public static byte[] DeleteCommand(string key, long? expected = null)
    {
        var delete = new Delete { Key = key };
        if (expected is { } revision) delete.ExpectedRevision = revision;
        return new Command { Delete = delete }.ToByteArray();
    }

    public byte[] Apply(long index, byte[] command) => _store.Apply(new LogIndex(index), command).ToArray();

    public byte[] Query(byte[] query) => _store.Query(query).ToArray();

    /// <summary>Outcome and revision.</summary>
    public (WriteOutcome Outcome, long Revision) Write(long index, byte[] command)
    {
        var result = WriteResult.Parser.ParseFrom(Apply(index, command));
        return ((WriteOutcome)result.Outcome, result.Revision);
    }

    public (WriteOutcome Outcome, long Revision) Put(long index, string key, string value, long? expected = null) =>
        Write(index, PutCommand(key, System.Text.Encoding.UTF8.GetBytes(value), expected));

    public (WriteOutcome Outcome, long Revision) Delete(long index, string key, long? expected = null) =>
        Write(index, DeleteCommand(key, expected));

    /// <summary>Value and revision; null and 0 if there is no such key.</summary>
    public (string? Value, long Revision) Get(string key)
    {
        var result = GetResult.Parser.ParseFrom(Query(new KeyQuery { Get = key }.ToByteArray()));
        return (result.HasValue ? result.Value.ToStringUtf8() : null, result.Revision);
    }

    public RangeResult Range(string prefix, int limit, string after = "") => RangeResult.Parser.ParseFrom(Query(new KeyQuery
    {
        Range = new Raft.Actors.StateMachines.KeyValue.Proto.Range { Prefix = prefix, Limit = limit, After = after },
    }.ToByteArray()));

    /// <summary>All keys with a prefix, page after page, as a client reads them.</summary>
    public IEnumerable<KeyRevision> All(string prefix, int limit)
    {
        for (var page = Range(prefix, limit); ; page = Range(prefix, limit, page.Keys[^1].Key))
        {
            foreach (var key in page.Keys) yield return key;
            if (!page.More) yield break;
        }
    }
}
