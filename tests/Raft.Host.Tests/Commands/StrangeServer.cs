using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Raft.Host.Tests.Commands;

/// <summary>
/// A server that is no node: it gives every request the same response and closes the connection.
/// </summary>
internal sealed class StrangeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public StrangeServer(string answer)
    {
        _answer = Encoding.ASCII.GetBytes(answer);
        _listener.Start();
        Task.Run(ServeAsync);
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                var stream = connection.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1);
                await stream.WriteAsync(_answer);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }
}
