using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Raft.Host.Dev;

/// <summary>Creates a <see cref="DevTransport"/>. Akka calls it by its class name.</summary>
public sealed class DevTransportProvider : ITransportAdapterProvider
{
    /// <inheritdoc/>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) =>
        new DevTransport(wrappedTransport, DevProcess.Of(system.Settings.Config));
}

/// <summary>
/// The real transport of a <c>raft dev</c> node. Over a cut link it opens no connections and drops what is written. Akka's own
/// ThrottleTransportAdapter works through actors of the node, which do not run while it is paused.
/// </summary>
internal sealed class DevTransport : Transport
{
    private readonly Transport _real;
    private readonly DevProcess _process;

    public DevTransport(Transport real, DevProcess process)
    {
        _real = real;
        _process = process;
        Config = real.Config;
        System = real.System;
        SchemeIdentifier = real.SchemeIdentifier;
        MaximumPayloadBytes = real.MaximumPayloadBytes;
        process.Connect(real);
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => _real.Listen();

    public override bool IsResponsibleFor(Address remote) => _real.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (_process.Links.IsCut(_process.Node, remoteAddress.Port))
            throw new InvalidAssociationException($"The link from {_process.Node} to {remoteAddress} is cut.");
        return new Handle(await _real.Associate(remoteAddress).ConfigureAwait(false), _process);
    }

    public override Task<bool> Shutdown() => _real.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _real.ManagementCommand(message);

    private sealed class Handle : AssociationHandle
    {
        private readonly AssociationHandle _real;
        private readonly DevProcess _process;

        public Handle(AssociationHandle real, DevProcess process)
            : base(real.LocalAddress, real.RemoteAddress)
        {
            _real = real;
            _process = process;
            ReadHandlerSource = real.ReadHandlerSource;
        }

        public override bool Write(ByteString payload) =>
            _process.Links.IsCut(_process.Node, RemoteAddress.Port) || _real.Write(payload);

#pragma warning disable CS0618, CS0672 // The overload with a reason calls this one.
        public override void Disassociate() => _real.Disassociate();
#pragma warning restore CS0618, CS0672
    }
}
