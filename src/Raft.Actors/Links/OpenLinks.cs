using System.Collections.Concurrent;
using Akka.Actor;

namespace Raft.Actors.Links;

/// <summary>The connections that an ActorSystem opened and that are open, by the address that was dialled. Thread-safe.</summary>
internal sealed class OpenLinks : IExtension
{
    private readonly ConcurrentDictionary<(string Host, int Port), Link> _open = new();
    private long _last;

    /// <summary>Whether the system's connections are known here: <see cref="LinkTransport"/> is among its transport's adapters.</summary>
    public bool AreKnown { get; private set; }

    /// <summary>Those of an ActorSystem.</summary>
    public static OpenLinks Of(ActorSystem system) => system.WithExtension<OpenLinks, OpenLinksProvider>();

    /// <summary>The newest connection to an address; null where none is open.</summary>
    public Link? Find(string host, int port) => _open.GetValueOrDefault((host, port));

    /// <summary>Connections are told of from now on.</summary>
    public void Know() => AreKnown = true;

    /// <summary>A number for a new connection.</summary>
    public long NextNumber() => Interlocked.Increment(ref _last);

    /// <summary>A connection is open.</summary>
    public void Opened(Link link) => _open[KeyOf(link)] = link;

    /// <summary>A connection is closed.</summary>
    public void Closed(Link link) => _open.TryRemove(KeyValuePair.Create(KeyOf(link), link));

    private static (string Host, int Port) KeyOf(Link link) => (link.RemoteAddress.Host ?? "", link.RemoteAddress.Port ?? 0);

    private sealed class OpenLinksProvider : ExtensionIdProvider<OpenLinks>
    {
        public override OpenLinks CreateExtension(ExtendedActorSystem system) => new();
    }
}
