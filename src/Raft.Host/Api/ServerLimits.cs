namespace Raft.Host.Api;

/// <summary>The limits of the server, and of the routes that only the program has.</summary>
internal static class ServerLimits
{
    /// <summary>
    /// The number of body bytes that the server still reads after it has rejected a request, so that the client sees why. The
    /// server closes a connection with a longer body.
    /// </summary>
    public const int MaxDrainedBytes = 1024 * 1024;

    /// <summary>The maximum size of method and URL: a percent-encoded key may take three times its size.</summary>
    public const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>The maximum number of connections of a node. The server closes further ones immediately.</summary>
    public const int MaxConnections = 10_000;

    /// <summary>The default number of actors in a response.</summary>
    public const int DefaultActors = 500;

    /// <summary>The timeout for the diagnostics of a node, which measure for up to two seconds.</summary>
    public static readonly TimeSpan DiagnosticsTimeout = TimeSpan.FromSeconds(5);
}
