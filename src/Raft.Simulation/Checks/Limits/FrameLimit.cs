namespace Raft.Simulation.Checks.Limits;

/// <summary>No message is larger than what Akka.Remote sends: it would be dropped while the connection stays up.</summary>
/// <param name="maxFrameBytes">akka.remote.dot-netty.tcp.maximum-frame-size; hocon/common.conf sets 1 MiB.</param>
internal sealed class FrameLimit(int maxFrameBytes = 1024 * 1024) : Check
{
    /// <summary>What Akka.Remote adds to a message, at the most: both paths, the manifest and the framing.</summary>
    private const int EnvelopeBytes = 4 * 1024;

    /// <inheritdoc/>
    public override string Name => "frame limit";

    /// <inheritdoc/>
    public override string Source => "hazard R1";

    /// <inheritdoc/>
    public override void OnEncoded(string sender, string receiver, object message, int bytes)
    {
        Examine();
        if (bytes > maxFrameBytes - EnvelopeBytes)
            throw Violated(
                $"a frame has at most {maxFrameBytes} bytes, {EnvelopeBytes} of them for the envelope",
                $"{sender} sent {receiver} {message.GetType().Name} of {bytes} bytes");
    }
}
