namespace Raft.Programs.Configuration;

/// <summary>The program can't start. The message is one line that says what is wrong and what to do.</summary>
/// <param name="message">The line for the person who started it.</param>
/// <param name="inner">The cause, where there is one.</param>
internal class StartupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The program can't start because a <c>RAFT_*</c> variable is missing or wrong.</summary>
/// <param name="message">The line for the person who started it; it names the variable.</param>
/// <param name="inner">The cause, where there is one.</param>
internal sealed class BadVariableException(string message, Exception? inner = null) : StartupException(message, inner);

/// <summary>A process that ran has to end, and starting again would not help.</summary>
/// <param name="message">The line for the person who started it.</param>
internal sealed class ProcessEndException(string message) : StartupException(message);
