using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Serialization;
using Akka.Util;

namespace Raft.Host.Storage;

/// <summary>Serializes events into the rows that Akka.Persistence.Sql would write for them.</summary>
/// <param name="system">The system whose serializers are used.</param>
/// <param name="journalConfig">The section of the plugin.</param>
internal sealed class JournalRowMaker(ExtendedActorSystem system, Config journalConfig)
{
    private readonly string? _defaultSerializer = journalConfig.GetString("serializer", null);
    private readonly string _separator = journalConfig.GetString("tag-separator", ";");

    /// <summary>Returns one row for each event of a write.</summary>
    /// <param name="write">The events.</param>
    /// <param name="now">When they are written, in ticks of UTC.</param>
    public JournalRow[] Rows(AtomicWrite write, long now)
    {
        var events = (IImmutableList<IPersistentRepresentation>)write.Payload;
        return Serialization.WithTransport(
            system, (Maker: this, events, now), static s => s.events.Select(e => s.Maker.Row(e, s.now)).ToArray());
    }

    private JournalRow Row(IPersistentRepresentation e, long now)
    {
        var (payload, tags) = e.Payload is Tagged tagged ? (tagged.Payload, Join(tagged.Tags)) : (e.Payload, "");
        var serializer = system.Serialization.FindSerializerForType(payload.GetType(), _defaultSerializer);
        return new JournalRow(
            e.PersistenceId,
            e.SequenceNr,
            e.Timestamp == 0 ? now : e.Timestamp,
            serializer.ToBinary(payload),
            tags,
            Manifest(serializer, payload),
            serializer.Identifier);
    }

    private static string Manifest(Serializer serializer, object payload) => serializer switch
    {
        SerializerWithStringManifest named => named.Manifest(payload),
        { IncludeManifest: true } => payload.GetType().TypeQualifiedName(),
        _ => "",
    };

    private string Join(IImmutableSet<string> tags) =>
        tags.Count == 0 ? "" : $"{_separator}{string.Join(_separator, tags)}{_separator}";
}
