using System.Net;
using System.Net.Sockets;

namespace Raft.Programs.Addresses;

/// <summary>
/// Checks whether a process can listen on an address before it starts anything: an ActorSystem that fails later would have
/// written to disk, contacted other processes, and logged many lines at its end.
/// </summary>
internal static class Listening
{
    private const string OwnHttp = "Use one of its addresses, or 0.0.0.0 for all of them.";
    private const string OwnRemote =
        "Use one of its addresses. If others reach it through the address of another machine, as behind NAT, set "
        + "RAFT_REMOTE_BIND to one of its addresses, or to 0.0.0.0 with a port.";

    /// <summary>Checks that HTTP can listen.</summary>
    /// <exception cref="AddressException">HTTP can't listen on the address.</exception>
    public static void RequireHttp(HostPort address) => Require(address, e => HttpRefused(address, e));

    /// <summary>Checks that Akka.Remote can listen.</summary>
    /// <exception cref="AddressException">Akka.Remote can't listen on the address.</exception>
    public static void RequireRemote(OwnAddress address) => Require(address.Listening, e => RemoteRefused(address, e));

    /// <summary>Returns the exception for an address on which HTTP can't listen.</summary>
    public static AddressException HttpRefused(HostPort address, Exception e) => AddressException.Of("HTTP", address, e, OwnHttp);

    /// <summary>Returns the exception for an address on which Akka.Remote can't listen.</summary>
    public static AddressException RemoteRefused(OwnAddress address, Exception e) =>
        AddressException.Of("Akka.Remote", address.Listening, e, OwnRemote);

    /// <summary>
    /// Binds without listening, so that nothing connects. For a host name other than localhost, servers listen on all addresses.
    /// </summary>
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
