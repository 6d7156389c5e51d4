using System.Net;
using System.Net.Sockets;

namespace Raft.Benchmarks.DotNext;

/// <summary>Finds loopback addresses that are free to listen on.</summary>
internal static class LoopbackEndPoints
{
    /// <summary>
    /// Chooses distinct free addresses. All are held until the last one is chosen, so that none is chosen twice;
    /// another process can still take one between this call and its use.
    /// </summary>
    /// <param name="count">How many addresses.</param>
    public static IPEndPoint[] ChooseFree(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, port: 0)).ToArray();
        try
        {
            return [.. listeners.Select(Bind)];
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }

    private static IPEndPoint Bind(TcpListener listener)
    {
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
