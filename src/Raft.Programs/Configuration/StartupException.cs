namespace Raft.Programs.Configuration;

/// <summary>The program can't start. The message is one line that says what is wrong and what to do.</summary>
/// <param name="message">One line for the user.</param>
/// <param name="inner">The cause, if there is one.</param>
internal class StartupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The program can't start because a variable is missing or invalid.</summary>
/// <param name="message">One line for the user, which names the variable.</param>
/// <param name="inner">The cause, if there is one.</param>
internal sealed class BadVariableException(string message, Exception? inner = null) : StartupException(message, inner);

/// <summary>A running process must end, and starting it again would not help.</summary>
/// <param name="message">One line for the user.</param>
internal sealed class ProcessEndException(string message) : StartupException(message);
