namespace Raft.Programs.Hosting;

/// <summary>
/// Ends the process when memory runs out, wherever that happens. Akka and .NET catch the exception in many places and continue
/// without what they need: an actor without a thread, a connection that nobody reads. Ending the process loses nothing that was
/// acknowledged, because that is on disk.
/// </summary>
internal static class MemoryEnd
{
    private const string Message =
        "Out of memory. Exiting so that the process can be restarted. If this happens again, give it more than twice the "
        + "memory of its state.";

    /// <summary>Starts to watch for the exception.</summary>
    public static void Watch() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
    {
        if (thrown.Exception is OutOfMemoryException) Environment.FailFast(Message);
    };
}
