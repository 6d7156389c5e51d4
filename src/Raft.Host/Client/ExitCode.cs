namespace Raft.Host.Client;

/// <summary>The exit codes of the commands, for scripts. <c>docs/command-line.md</c> has the same table.</summary>
internal static class ExitCode
{
    /// <summary>Success. For <c>doctor</c>: nothing is wrong.</summary>
    public const int Done = 0;

    /// <summary>The request failed or was refused: no such key, a condition that does not hold, an invalid request.</summary>
    public const int Failed = 1;

    /// <summary>
    /// The command line or a variable is invalid, or the program can't listen on its address. Nothing was attempted.
    /// </summary>
    public const int BadUsage = 2;

    /// <summary>No node responds at the URL.</summary>
    public const int NotReachable = 3;

    /// <summary>A write was sent but no response arrived. It may or may not have been applied.</summary>
    public const int OutcomeUnknown = 4;

    /// <summary>
    /// The node can't serve the request now: no leader, unavailable or overloaded. Nothing was done; try again.
    /// </summary>
    public const int NotNow = 5;

    /// <summary><c>doctor</c> found warnings.</summary>
    public const int Warnings = 6;

    /// <summary><c>doctor</c> found problems.</summary>
    public const int Problems = 7;

    /// <summary>The command was interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
