using System.Globalization;
using System.Net;
using Akka.Actor;

namespace Raft.Lighthouse.Hosting;

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

    /// <summary>Reads an address that others reach.</summary>
    /// <exception cref="FormatException">The text is not <c>host:port</c>, or nobody reaches it.</exception>
    public static HostPort ParseReachable(string text) => Parse(text) is { Port: > 0, Host: not "0.0.0.0" } address
        ? address
        : throw new FormatException($"'{text}' is no address that others reach: write HOST:PORT, for example 10.0.0.1:4053.");

    /// <summary>Reads a list such as <c>seed1:4053,seed2:4053</c>.</summary>
    /// <exception cref="FormatException">An item is not <c>host:port</c>, or there is none.</exception>
    public static IReadOnlyList<HostPort> ParseList(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0
            ? [.. parts.Select(ParseReachable)]
            : throw new FormatException($"'{text}' is no list of addresses: write HOST:PORT,HOST:PORT,…");
    }

    /// <summary>Where an ActorSystem is reached.</summary>
    public static HostPort Of(Address address) => new(address.Host ?? "", address.Port ?? 0);

    /// <summary>An ActorSystem here, of the same cluster as another one.</summary>
    /// <param name="other">Any address of the cluster.</param>
    public Address In(Address other) => other.WithHost(Host).WithPort(Port);

    /// <summary>As <c>host:port</c>.</summary>
    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
