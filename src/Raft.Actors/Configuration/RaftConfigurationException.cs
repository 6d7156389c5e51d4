namespace Raft.Actors.Configuration;

/// <summary>A configured value is wrong. The message is one line that names the key and the allowed values.</summary>
/// <param name="message">The line for the operator.</param>
/// <param name="inner">The parser's error; null if there is none.</param>
public sealed class RaftConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
