using System.Net;
using System.Net.Sockets;

namespace Raft.Host.Tests.Processes;

/// <summary>Forwards TCP connections from one port to another, like NAT and the published ports of containers.</summary>
internal sealed class Relay : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly int _to;

    /// <param name="from">The advertised port.</param>
    /// <param name="to">The port of the listener.</param>
    public Relay(int from, int to)
    {
        _to = to;
        _listener = new TcpListener(IPAddress.Loopback, from);
        _listener.Start();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = PassOnAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassOnAsync(TcpClient incoming, CancellationToken stop)
    {
        using var outgoing = new TcpClient();
        using (incoming)
        {
            try
            {
                await outgoing.ConnectAsync(IPAddress.Loopback, _to, stop);
                await Task.WhenAny(
                    incoming.GetStream().CopyToAsync(outgoing.GetStream(), stop),
                    outgoing.GetStream().CopyToAsync(incoming.GetStream(), stop));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client sees the end of its connection and tries again.
            }
        }
    }
}
