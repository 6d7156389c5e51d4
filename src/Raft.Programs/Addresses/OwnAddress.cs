using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Raft.Actors.Membership;
using Raft.Programs.Configuration;

namespace Raft.Programs.Addresses;

/// <summary>
/// The address that other processes connect to. If it is not configured, it is an IP address: other processes resolve names, and
/// a process accepts only messages for the address that it advertises.
/// </summary>
/// <param name="Advertised">The address that other processes use. Port 0 stands for the port that is bound.</param>
internal sealed record OwnAddress(HostPort Advertised)
{
    /// <summary>The default port of Akka.Remote.</summary>
    public const int DefaultPort = 4053;

    /// <summary>An unused address for documentation (RFC 5737): traffic to it takes the default route.</summary>
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("192.0.2.1"), DefaultPort);

    /// <summary>The address to listen on if it differs, as behind NAT; otherwise null.</summary>
    public HostPort? Bind { get; init; }

    /// <summary>A line that says which address was chosen, and why; null if the address was configured.</summary>
    public string? Choice { get; init; }

    /// <summary>
    /// The address to listen on. A name may stand for an address that this machine does not have, as in containers; then it
    /// listens on all addresses.
    /// </summary>
    public HostPort Listening => Bind
        ?? (IPAddress.TryParse(Advertised.Host, out _) || Advertised.Host == "localhost"
            ? Advertised
            : Advertised with { Host = "0.0.0.0" });

    /// <summary>
    /// Reads <c>RAFT_REMOTE</c>, resolving its name, and <c>RAFT_REMOTE_BIND</c>. Without <c>RAFT_REMOTE</c> the address is the
    /// bound one, or else that of the interface that reaches the seed nodes.
    /// </summary>
    /// <param name="variables">The variables.</param>
    /// <param name="seeds">The seed nodes as configured.</param>
    /// <exception cref="BadVariableException">Other processes can't connect to the address, or the name does not
    /// resolve.</exception>
    public static OwnAddress Of(Variables variables, IReadOnlyList<HostPort> seeds)
    {
        var bind = BindOf(variables);
        var written = variables.Parse("RAFT_REMOTE", text => Resolve(HostPort.ParseReachable(text)))
            ?? (bind is { IsAny: false } ? Resolve(bind) : null);
        return (written is null ? Choose(seeds, bind?.Port ?? DefaultPort) : new OwnAddress(written)) with { Bind = bind };
    }

    /// <summary>Reads <c>RAFT_REMOTE_BIND</c>; null if it is not set.</summary>
    /// <exception cref="BadVariableException">It is not an address with a port.</exception>
    public static HostPort? BindOf(Variables variables) => variables.Parse(
        "RAFT_REMOTE_BIND",
        text => HostPort.Parse(text) is { Port: > 0 } bind
            ? bind
            : throw new FormatException($"'{text}' has no port. Use HOST:PORT, such as 0.0.0.0:4053."));

    private static HostPort Resolve(HostPort written)
    {
        try
        {
            if (Seed.Of(written, Dns.GetHostAddresses(written.Host)).Addresses is [var first, ..]) return first;
        }
        catch (SocketException)
        {
            // The exception below reports it.
        }

        throw new FormatException($"'{written.Host}' does not resolve. Use the address of this process, or unset the variable.");
    }

    /// <summary>
    /// Ignores loopback: a machine that reaches a seed node over loopback, such as itself, is reached by others elsewhere.
    /// </summary>
    private static OwnAddress Choose(IReadOnlyList<HostPort> seeds, int port)
    {
        var towards = Seed.LookUpAsync(seeds, advertised: []).GetAwaiter().GetResult()
            .SelectMany(
                seed => seed.Addresses, (seed, address) => (seed.Written, Own: SourceTowards(IPEndPoint.Parse($"{address}"))))
            .Where(t => t.Own is not null)
            .OrderBy(t => IPAddress.IsLoopback(t.Own!))
            .FirstOrDefault();
        var (own, why) = towards.Own is { } source ? (source, $"its address on the route to {towards.Written}")
            : SourceTowards(Elsewhere) is { } outwards ? (
                outwards, "its address on the default route, because no seed node resolves yet")
            : FirstOfNetworks() is { } first ? (first, "its first address, because no seed node resolves yet")
            : (IPAddress.Loopback, "because this machine has no network");
        var chosen = new HostPort(HostAndPort.HostOf(own), port);
        return new OwnAddress(chosen)
        {
            Choice = $"RAFT_REMOTE is not set. This process advertises {chosen}, {why}.",
        };
    }

    /// <summary>
    /// Returns the source address of the route to another address. Connecting a UDP socket determines it and sends nothing.
    /// </summary>
    private static IPAddress? SourceTowards(IPEndPoint other)
    {
        try
        {
            using var socket = new Socket(other.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(other);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static IPAddress? FirstOfNetworks() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
