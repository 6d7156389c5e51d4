using System.Collections.Concurrent;
using Akka.Actor;

namespace Raft.Actors.Links;

/// <summary>The open connections that an ActorSystem opened, by remote address. Thread-safe.</summary>
internal sealed class OpenLinks : IExtension
{
    private readonly ConcurrentDictionary<(string Host, int Port), Link> _open = new();
    private long _last;

    /// <summary>
    /// Whether connections are recorded, because <see cref="LinkTransport"/> is among the transport's adapters.
    /// </summary>
    public bool AreKnown { get; private set; }

    /// <summary>The connections of an ActorSystem.</summary>
    public static OpenLinks Of(ActorSystem system) => system.WithExtension<OpenLinks, OpenLinksProvider>();

    /// <summary>The newest connection to an address; null if none is open.</summary>
    public Link? Find(string host, int port) => _open.GetValueOrDefault((host, port));

    /// <summary>Connections are recorded from now on.</summary>
    public void Know() => AreKnown = true;

    /// <summary>A number for a new connection.</summary>
    public long NextNumber() => Interlocked.Increment(ref _last);

    /// <summary>Records an open connection.</summary>
    public void Opened(Link link) => _open[KeyOf(link)] = link;

    /// <summary>Removes a closed connection.</summary>
    public void Closed(Link link) => _open.TryRemove(KeyValuePair.Create(KeyOf(link), link));

    private static (string Host, int Port) KeyOf(Link link) => (link.RemoteAddress.Host ?? "", link.RemoteAddress.Port ?? 0);

    private sealed class OpenLinksProvider : ExtensionIdProvider<OpenLinks>
    {
        public override OpenLinks CreateExtension(ExtendedActorSystem system) => new();
    }
}
