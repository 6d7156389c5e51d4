namespace Raft.Simulation.Checks.Limits;

/// <summary>
/// No message is larger than Akka.Remote's maximum frame size, above which Akka.Remote drops the message and keeps the
/// connection.
/// </summary>
/// <param name="maxFrameBytes">The value of akka.remote.dot-netty.tcp.maximum-frame-size; hocon/common.conf sets 1 MiB.</param>
internal sealed class FrameLimit(int maxFrameBytes = 1024 * 1024) : Check
{
    /// <summary>The most that Akka.Remote adds to a message: both paths, the manifest and the framing.</summary>
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
