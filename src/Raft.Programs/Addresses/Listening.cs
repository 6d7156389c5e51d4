using System.Net;
using System.Net.Sockets;

namespace Raft.Programs.Addresses;

/// <summary>
/// Finds out whether a process can listen at an address before it starts anything: what was started would write to disk, be heard by
/// others, and tell of its end in many lines.
/// </summary>
internal static class Listening
{
    private const string OwnHttp = "Take one that it has, or 0.0.0.0 for all of them.";
    private const string OwnRemote =
        "Take one that it has; where others reach it at the address of another machine, as behind NAT, set RAFT_REMOTE_BIND to one "
        + "that it has, or to 0.0.0.0 with a port.";

    /// <summary>Whether HTTP can listen.</summary>
    /// <exception cref="AddressException">It can't.</exception>
    public static void RequireHttp(HostPort address) => Require(address, e => HttpRefused(address, e));

    /// <summary>Whether Akka.Remote can listen.</summary>
    /// <exception cref="AddressException">It can't.</exception>
    public static void RequireRemote(OwnAddress address) => Require(address.Listening, e => RemoteRefused(address, e));

    /// <summary>What is told where HTTP can't listen.</summary>
    public static AddressException HttpRefused(HostPort address, Exception e) => AddressException.Of("HTTP", address, e, OwnHttp);

    /// <summary>What is told where Akka.Remote can't listen.</summary>
    public static AddressException RemoteRefused(OwnAddress address, Exception e) =>
        AddressException.Of("Akka.Remote", address.Listening, e, OwnRemote);

    /// <summary>Binds and does not listen, so that nobody gets in. At a name other than localhost servers listen on all addresses.</summary>
    private static void Require(HostPort address, Func<SocketException, AddressException> refused)
    {
        if (address.Port == 0) return;
        var own = IPAddress.TryParse(address.Host, out var ip) ? ip
            : address.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var socket = new Socket(own.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(own, address.Port));
        }
        catch (SocketException e)
        {
            throw refused(e);
        }
    }
}
