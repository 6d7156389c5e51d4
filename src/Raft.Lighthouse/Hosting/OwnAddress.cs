using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Raft.Lighthouse.Hosting;

/// <summary>The address under which others reach this process, where nobody configured one.</summary>
internal static class OwnAddress
{
    /// <summary>The port of Akka.Remote where nobody configured one.</summary>
    public const int DefaultPort = 4053;

    /// <summary>The first IPv4 address of a network that is up; loopback where there is none.</summary>
    public static HostPort Default() => new(Find()?.ToString() ?? "127.0.0.1", DefaultPort);

    private static IPAddress? Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
