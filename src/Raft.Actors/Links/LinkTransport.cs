using Akka.Actor;
using Akka.Remote.Transport;

namespace Raft.Actors.Links;

/// <summary>
/// Creates a <see cref="LinkTransport"/>. Akka finds this class by its name in <c>akka.remote.adapters.raft-links</c>.
/// </summary>
internal sealed class LinkTransportProvider : ITransportAdapterProvider
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) =>
        new LinkTransport(wrappedTransport, OpenLinks.Of(system));
}

/// <summary>
/// Wraps the real transport and records each connection that it opens in <see cref="OpenLinks"/>. It changes neither addresses
/// nor bytes, so processes with and without it can communicate.
/// </summary>
internal sealed class LinkTransport : Transport
{
    private readonly Transport _real;
    private readonly OpenLinks _links;

    public LinkTransport(Transport real, OpenLinks links)
    {
        _real = real;
        _links = links;
        Config = real.Config;
        System = real.System;
        SchemeIdentifier = real.SchemeIdentifier;
        MaximumPayloadBytes = real.MaximumPayloadBytes;
        links.Know();
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => _real.Listen();

    public override bool IsResponsibleFor(Address remote) => _real.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var link = new Link(await _real.Associate(remoteAddress).ConfigureAwait(false), _links);
        _links.Opened(link);
        return link;
    }

    public override Task<bool> Shutdown() => _real.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _real.ManagementCommand(message);
}
