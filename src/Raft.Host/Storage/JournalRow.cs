namespace Raft.Host.Storage;

/// <summary>An event as a row of the journal's table.</summary>
/// <param name="PersistenceId">The persistent actor that wrote the event.</param>
/// <param name="SequenceNr">The event's number, counted per persistent actor from 1.</param>
/// <param name="Created">When the event was persisted, in ticks of UTC.</param>
/// <param name="Message">The serialized event.</param>
/// <param name="Tags">The tags, each between separators; empty if the event has none.</param>
/// <param name="Manifest">What the serializer needs besides its identifier to read the event.</param>
/// <param name="SerializerId">The identifier of the serializer.</param>
internal readonly record struct JournalRow(
    string PersistenceId, long SequenceNr, long Created, byte[] Message, string Tags, string Manifest, int SerializerId);
