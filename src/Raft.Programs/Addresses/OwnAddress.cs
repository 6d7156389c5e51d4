using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Raft.Actors.Membership;
using Raft.Programs.Configuration;

namespace Raft.Programs.Addresses;

/// <summary>
/// Under which address others reach this process. Where nobody wrote it, it is an IP address: others look names up, and a process
/// answers only to what it advertises.
/// </summary>
/// <param name="Advertised">What others name; with port 0 the port is the one that is bound.</param>
internal sealed record OwnAddress(HostPort Advertised)
{
    /// <summary>The port of Akka.Remote where nobody configured one.</summary>
    public const int DefaultPort = 4053;

    /// <summary>An address for documentation (RFC 5737), which is nowhere: what is sent there takes the default route.</summary>
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("192.0.2.1"), DefaultPort);

    /// <summary>Where it listens, if that is another address, as behind NAT; null where it is not.</summary>
    public HostPort? Bind { get; init; }

    /// <summary>A line that says which address was chosen, and why; null where a person wrote it.</summary>
    public string? Choice { get; init; }

    /// <summary>
    /// Where it listens. A name may stand for an address that this machine does not have itself, as in containers: then on all.
    /// </summary>
    public HostPort Listening => Bind
        ?? (IPAddress.TryParse(Advertised.Host, out _) || Advertised.Host == "localhost"
            ? Advertised
            : Advertised with { Host = "0.0.0.0" });

    /// <summary>
    /// <c>RAFT_REMOTE</c>, a name in it looked up, and <c>RAFT_REMOTE_BIND</c>. Without <c>RAFT_REMOTE</c> it is the address that is
    /// bound, and without that the one of the interface that reaches the seed nodes.
    /// </summary>
    /// <param name="variables">The variables.</param>
    /// <param name="seeds">The seed nodes as they are written.</param>
    /// <exception cref="BadVariableException">It is no address that others reach, or the name does not resolve.</exception>
    public static OwnAddress Of(Variables variables, IReadOnlyList<HostPort> seeds)
    {
        var bind = BindOf(variables);
        var written = variables.Parse("RAFT_REMOTE", text => Resolve(HostPort.ParseReachable(text)))
            ?? (bind is { IsAny: false } ? Resolve(bind) : null);
        return (written is null ? Choose(seeds, bind?.Port ?? DefaultPort) : new OwnAddress(written)) with { Bind = bind };
    }

    /// <summary><c>RAFT_REMOTE_BIND</c>; null where it is not set.</summary>
    /// <exception cref="BadVariableException">It is no address with a port.</exception>
    public static HostPort? BindOf(Variables variables) => variables.Parse(
        "RAFT_REMOTE_BIND",
        text => HostPort.Parse(text) is { Port: > 0 } bind
            ? bind
            : throw new FormatException($"'{text}' has no port: write HOST:PORT, for example 0.0.0.0:4053."));

    private static HostPort Resolve(HostPort written)
    {
        try
        {
            if (Seed.Of(written, Dns.GetHostAddresses(written.Host)).Addresses is [var first, ..]) return first;
        }
        catch (SocketException)
        {
            // The sentence below says it.
        }

        throw new FormatException($"'{written.Host}' has no IP address: write this process's own, or leave the variable out.");
    }

    /// <summary>A machine that reaches one seed node over loopback, such as itself, is reached by others at another address.</summary>
    private static OwnAddress Choose(IReadOnlyList<HostPort> seeds, int port)
    {
        var towards = Seed.LookUpAsync(seeds, advertised: []).GetAwaiter().GetResult()
            .SelectMany(seed => seed.Addresses, (seed, address) => (seed.Written, Own: SourceTowards(IPEndPoint.Parse($"{address}"))))
            .Where(t => t.Own is not null)
            .OrderBy(t => IPAddress.IsLoopback(t.Own!))
            .FirstOrDefault();
        var (own, why) = towards.Own is { } source ? (source, $"its address towards {towards.Written}")
            : SourceTowards(Elsewhere) is { } outwards ? (outwards, "its address on the default route, as no seed node has one yet")
            : FirstOfNetworks() is { } first ? (first, "its first address, as no seed node has one yet")
            : (IPAddress.Loopback, "since this machine has no network");
        var chosen = new HostPort(HostAndPort.HostOf(own), port);
        return new OwnAddress(chosen)
        {
            Choice = $"RAFT_REMOTE is not set: others reach this process at {chosen}, {why}.",
        };
    }

    /// <summary>The address from which the routing table sends to another one. A connected UDP socket asks it and sends nothing.</summary>
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
