using System.Net;
using System.Net.Sockets;
using System.Text;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Load;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class KeyValueHttpTests
{
    private static readonly PutInput Put = new("k", "v", WriteCondition.None);
    private static readonly DeleteInput Delete = new("k", WriteCondition.None);
    private static readonly GetInput Get = new("k");
    private static readonly WriteOutput Failed = new(WriteOutcome.ConditionFailed, 5);

    public static TheoryData<object, HttpStatusCode, string?, string, object> Answers => new()
    {
        { Put, HttpStatusCode.OK, null, """{"revision":7}""", new WriteOutput(WriteOutcome.Done, 7) },
        { Put, HttpStatusCode.PreconditionFailed, null, """{"currentRevision":5}""", Failed },
        { Delete, HttpStatusCode.OK, null, """{"revision":7}""", new WriteOutput(WriteOutcome.Done, 7) },
        { Delete, HttpStatusCode.NotFound, null, "", new WriteOutput(WriteOutcome.NotFound, 0) },
        { Get, HttpStatusCode.OK, "\"7\"", "v", new GetOutput("v", 7) },
        { Get, HttpStatusCode.NotFound, null, "", new GetOutput(null, 0) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_becomes_an_output_in_the_history(
        object input, HttpStatusCode status, string? tag, string body, object output) =>
        Assert.Equal(
            new CallResult(Fate.Answered, (KeyValueOutput)output),
            KeyValueHttp.ResultOf((KeyValueInput)input, status, tag, body));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, Fate.NotDone)]
    [InlineData(HttpStatusCode.TooManyRequests, Fate.NotDone)]
    [InlineData(HttpStatusCode.GatewayTimeout, Fate.Unknown)]
    [InlineData(HttpStatusCode.InternalServerError, Fate.Unknown)]
    public void An_error_says_whether_the_write_may_have_been_done(HttpStatusCode status, object fate) =>
        Assert.Equal((Fate)fate, KeyValueHttp.ResultOf(Put, status, null, "").Fate);

    [Fact]
    public async Task A_write_to_a_port_without_a_listener_is_not_done()
    {
        using var http = new HttpClient();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = UrlOf(listener);
        listener.Stop();
        Assert.Equal(Fate.NotDone, (await new KeyValueHttp(http).SendAsync(url, Put)).Fate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_is_sent_once_and_unknown_if_its_connection_closes(bool isPut)
    {
        using var http = new HttpClient();
        using var server = new ClosingServer();
        Assert.Equal(Fate.Answered, (await new KeyValueHttp(http).SendAsync(server.Url, Get)).Fate);
        Assert.Equal(Fate.Unknown, (await new KeyValueHttp(http).SendAsync(server.Url, isPut ? Put : Delete)).Fate);
        Assert.Equal(2, server.Requests);
    }

    private static string UrlOf(TcpListener listener) => $"http://{listener.LocalEndpoint}";

    /// <summary>Answers the first request of a connection, and closes it when it has read the second.</summary>
    private sealed class ClosingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public ClosingServer()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Url => UrlOf(_listener);

        public int Requests { get; private set; }

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                var stream = connection.GetStream();
                await ReadAsync(stream);
                await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                await ReadAsync(stream);
            }
        }

        private async Task ReadAsync(NetworkStream stream)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                text.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
            Requests++;
        }
    }
}
