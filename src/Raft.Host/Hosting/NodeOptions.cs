using System.Globalization;
using System.Net;
using Raft.Actors.Protocol;

namespace Raft.Host.Hosting;

/// <summary>What a person configures of a node; <see cref="NodeEnvironment"/> reads it from <c>RAFT_*</c> variables.</summary>
internal sealed record NodeOptions
{
    /// <summary>The node's name; null takes the one in the data folder, or else the host's.</summary>
    public NodeId? NodeId { get; init; }

    /// <summary>Folder of the journal and of all that must survive a restart.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where HTTP listens.</summary>
    public required HostPort Http { get; init; }

    /// <summary>Under which address peers reach this node's Akka.Remote; port 0 takes a free one.</summary>
    public required HostPort Remote { get; init; }

    /// <summary>Addresses to join the Akka cluster through.</summary>
    public IReadOnlyList<HostPort> Seeds { get; init; } = [];

    /// <summary>HOCON that overrides the files in <c>hocon/</c>: members, timing, log level.</summary>
    public string Overrides { get; init; } = "";
}

/// <summary>A host name or IP address with a TCP port.</summary>
/// <param name="Host">Host name or IP address.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
internal sealed record HostPort(string Host, int Port)
{
    /// <exception cref="FormatException">The text is not <c>host:port</c>.</exception>
    public static HostPort Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort && Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
            ? new HostPort(text[..colon], port)
            : throw new FormatException($"'{text}' is no address: write HOST:PORT, for example 127.0.0.1:8080.");
    }

    /// <summary>Reads a list such as <c>seed1:4053,seed2:4053</c>.</summary>
    /// <exception cref="FormatException">An item is not <c>host:port</c>.</exception>
    public static IReadOnlyList<HostPort> ParseList(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>As <c>host:port</c>.</summary>
    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
