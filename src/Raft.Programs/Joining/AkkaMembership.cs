using Akka.Actor;
using Raft.Programs.Hosting;

namespace Raft.Programs.Joining;

/// <summary>
/// A process's membership of the Akka cluster, by which processes find each other. Raft's members are another matter.
/// </summary>
internal static class AkkaMembership
{
    /// <summary>Joins the Akka cluster, and goes on until it has.</summary>
    /// <param name="system">The process's ActorSystem.</param>
    /// <param name="options">Whom to join through.</param>
    /// <returns>Ends when the ActorSystem has to be replaced.</returns>
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
            : "The ActorSystem ended.";
}
