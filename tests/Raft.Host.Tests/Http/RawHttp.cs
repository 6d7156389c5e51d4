using System.Net.Sockets;
using System.Text;

namespace Raft.Host.Tests.Http;

/// <summary>Sends bytes that no conforming HTTP client sends.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request, then reads the response to its end.</summary>
    /// <param name="node">The node.</param>
    /// <param name="request">The request, including line ends.</param>
    /// <param name="end">What to do after the request is sent.</param>
    /// <returns>The whole response; empty if the server broke the connection.</returns>
    public static async Task<string> SendAsync(TestNode node, string request, End end = End.WaitForClose)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(node.Url.Host, node.Url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        if (end == End.Reset)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return "";
        }

        if (end == End.StopSending) socket.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Sends a complete request without a body.</summary>
    public static Task<string> RequestAsync(TestNode node, string method, string target) =>
        SendAsync(node, $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// <summary>How a client ends its side of a connection.</summary>
internal enum End
{
    WaitForClose,
    StopSending,
    Reset,
}
