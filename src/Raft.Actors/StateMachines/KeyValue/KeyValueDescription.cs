using Google.Protobuf;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Actors.StateMachines.KeyValue;

/// <summary>Describes commands of the <see cref="KeyValueStore"/> for people who read a log.</summary>
internal static class KeyValueDescription
{
    /// <summary>Describes a command; never throws.</summary>
    /// <param name="command">The command's bytes, as in a log entry.</param>
    /// <returns>For example <c>put colour (3 bytes) if revision 12</c>, <c>delete colour</c>, or <c>not a key-value command (7
    /// bytes)</c>. The key is included unchanged, with any control characters.</returns>
    public static string Of(ReadOnlyMemory<byte> command)
    {
        var parsed = Parse(command);
        return parsed?.OperationCase switch
        {
            Command.OperationOneofCase.Put => Of(parsed.Put),
            Command.OperationOneofCase.Delete => Of(parsed.Delete),
            _ => $"not a key-value command ({Bytes(command.Length)})",
        };
    }

    private static string Of(Put put) =>
        $"put {put.Key} ({Bytes(put.Value.Length)})" + Condition(put.HasExpectedRevision, put.ExpectedRevision);

    private static string Of(Delete delete) =>
        $"delete {delete.Key}" + Condition(delete.HasExpectedRevision, delete.ExpectedRevision);

    private static string Condition(bool isSet, long revision) =>
        !isSet ? ""
        : revision == 0 ? " if absent"
        : $" if revision {revision}";

    private static string Bytes(int count) => count == 1 ? "1 byte" : $"{count} bytes";

    private static Command? Parse(ReadOnlyMemory<byte> command)
    {
        try
        {
            return Command.Parser.ParseFrom(command.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
