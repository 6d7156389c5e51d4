namespace Raft.Programs.Hosting;

/// <summary>
/// Ends the process when memory runs out, wherever that is. Akka and .NET catch the exception in many places and go on with less than
/// they need: an actor without a thread, a connection that nobody reads. Nothing is lost with the process: what it promised is on disk.
/// </summary>
internal static class MemoryEnd
{
    private const string Message =
        "Memory ran out, so the process ends; whoever runs it should start it again. If it comes again: give it more memory than twice its state.";

    /// <summary>From now on.</summary>
    public static void Watch() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
    {
        if (thrown.Exception is OutOfMemoryException) Environment.FailFast(Message);
    };
}
