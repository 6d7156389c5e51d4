namespace Raft.Host.Hosting;

/// <summary>The program can't start. The message is one line that says what is wrong and what to do.</summary>
/// <param name="message">The line for the person who started it.</param>
/// <param name="inner">The cause, where there is one.</param>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
