using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Raft.Lighthouse.Hosting;

/// <summary>
/// The address under which others reach this process. It is an IP address: others look names up, and a process answers only to
/// what it advertises.
/// </summary>
internal static class OwnAddress
{
    /// <summary>The port of Akka.Remote where nobody configured one.</summary>
    public const int DefaultPort = 4053;

    /// <summary><c>RAFT_REMOTE</c>, a name in it looked up; <see cref="Default"/> where it is not set.</summary>
    /// <exception cref="BadVariableException">It is no address that others reach, or the name does not resolve.</exception>
    public static HostPort Of(Variables variables) => variables.Parse("RAFT_REMOTE", text => Resolve(HostPort.ParseReachable(text))) ?? Default();

    /// <summary>The first IPv4 address of a network that is up; loopback where there is none.</summary>
    public static HostPort Default() => new(Find()?.ToString() ?? "127.0.0.1", DefaultPort);

    private static HostPort Resolve(HostPort written)
    {
        try
        {
            var address = Dns.GetHostAddresses(written.Host).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);
            if (address is not null) return written with { Host = address.ToString() };
        }
        catch (SocketException)
        {
            // The sentence below says it.
        }

        throw new FormatException($"'{written.Host}' has no IPv4 address: write this process's own, or leave the variable out.");
    }

    private static IPAddress? Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
