namespace Raft.Simulation.Checks.Limits;

/// <summary>No link holds more messages than a loaded cluster needs. A queue that grows beyond this has no limit.</summary>
/// <param name="limit">The maximum number of messages in flight on a link.</param>
internal sealed class BoundedQueues(int limit = 1000) : Check
{
    /// <inheritdoc/>
    public override string Name => "bounded queues";

    /// <inheritdoc/>
    public override string Source => "design: everything has a limit";

    /// <inheritdoc/>
    public override void OnQueue(string queue, int length)
    {
        Examine();
        if (length > limit)
            throw Violated($"at most {limit} messages may wait in a queue", $"{length} wait in {queue}");
    }
}
