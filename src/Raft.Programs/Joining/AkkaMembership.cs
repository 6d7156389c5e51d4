using Akka.Actor;
using Raft.Programs.Hosting;

namespace Raft.Programs.Joining;

/// <summary>
/// Keeps the process in the Akka cluster, through which processes find each other. The members of the Raft group are independent
/// of it.
/// </summary>
internal static class AkkaMembership
{
    /// <summary>Joins the Akka cluster, retrying until it succeeds.</summary>
    /// <param name="system">The ActorSystem of the process.</param>
    /// <param name="options">The processes to join through.</param>
    /// <returns>A task that completes when the ActorSystem must be replaced.</returns>
    public static Task<Ending> Join(ActorSystem system, JoiningOptions options)
    {
        var ended = new TaskCompletionSource<Ending>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.WhenTerminated.ContinueWith(_ => ended.TrySetResult(new Ending(WhyItEnded(system), [])), TaskScheduler.Default);
        system.ActorOf(Props.Create(() => new Joiner(options, ended)), Joiner.Name);
        return ended.Task;
    }

    private static string WhyItEnded(ActorSystem system) =>
        CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason
            ? "This process was removed from the Akka cluster."
            : "The ActorSystem stopped.";
}
