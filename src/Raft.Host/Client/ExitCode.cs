namespace Raft.Host.Client;

/// <summary>What the commands end with, so that scripts can tell what happened; <c>docs/command-line.md</c> has the same table.</summary>
internal static class ExitCode
{
    /// <summary>Done; for <c>doctor</c>: nothing is wrong.</summary>
    public const int Done = 0;

    /// <summary>Failed, or the answer is no: no such key, a condition that does not hold, a node that refuses.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a variable is wrong, or the program can't listen where it is told to; nothing was tried.</summary>
    public const int BadUsage = 2;

    /// <summary>No node answers at the URL.</summary>
    public const int NotReachable = 3;

    /// <summary>A write was sent and its answer did not come: it may or may not have been done.</summary>
    public const int OutcomeUnknown = 4;

    /// <summary>A node answers, but can't do it now: no leader, the node is down, too much to do. Nothing was done; try again.</summary>
    public const int NotNow = 5;

    /// <summary><c>doctor</c> found warnings.</summary>
    public const int Warnings = 6;

    /// <summary><c>doctor</c> found problems.</summary>
    public const int Problems = 7;

    /// <summary>Ctrl-C ended it.</summary>
    public const int Interrupted = 130;
}
