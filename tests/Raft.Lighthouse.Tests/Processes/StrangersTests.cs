using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Raft.Lighthouse.Tests.Processes;

/// <summary>Strangers on the port are rejected, logged in one line, and change nothing.</summary>
public sealed class StrangersTests
{
    private const string Joined = "Joined the Akka cluster";
    private const string NoMessages = "sent data that is not an Akka message";

    [Fact]
    public async Task Junk_on_the_port_is_told_once_and_the_lighthouse_goes_on()
    {
        var port = Free();
        await using var lighthouse = Start(port, "raft");
        await lighthouse.UntilAsync(Joined);

        var random = new Random(1);
        var noise = new byte[5_000];
        random.NextBytes(noise);
        for (var round = 0; round < 3; round++)
        {
            await SendAsync(port, "GET / HTTP/1.1\r\nHost: lighthouse\r\n\r\n"u8.ToArray());
            await SendAsync(port, noise);
            await SendAsync(port, Frame(length: 1_000, "half"u8), isReset: true);
            await SendAsync(port, [], isReset: true);
        }

        await lighthouse.UntilAsync(NoMessages);

        // A complete frame that is no message causes another log line, so everything before it was logged earlier.
        await SendAsync(port, Frame(length: 20, noise.AsSpan(0, 20)));
        var lines = await lighthouse.UntilAsync(NoMessages);

        Assert.Single(lines);
        Assert.True(lighthouse.IsRunning);
    }

    [Fact]
    public async Task A_process_with_another_clusters_name_is_told_once_and_does_not_join()
    {
        var (port, otherPort) = (Free(), Free());
        await using var lighthouse = Start(port, "raft");
        await lighthouse.UntilAsync(Joined);
        await using var other = new LighthouseProcess(
            ("RAFT_REMOTE", $"127.0.0.1:{otherPort}"), ("RAFT_SEED_NODES", $"127.0.0.1:{port}"), ("RAFT_CLUSTER", "other"));
        await lighthouse.UntilAsync($"addressed this process as akka.tcp://other@127.0.0.1:{port}");

        // The next line reports the shutdown: nothing more was logged about the stranger, and no other process joined.
        await lighthouse.SignalAsync("TERM");
        Assert.Single(await lighthouse.UntilAsync("Stopping."));
        Assert.Equal(0, await lighthouse.EndAsync());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_leaves_when_it_is_told_to(string signal)
    {
        await using var lighthouse = Start(Free(), "raft");
        await lighthouse.UntilAsync(Joined);

        await lighthouse.SignalAsync(signal);

        Assert.Equal(0, await lighthouse.EndAsync());
    }

    [Fact]
    public async Task A_bad_value_is_one_line_and_exit_code_2()
    {
        await using var lighthouse = new LighthouseProcess(("RAFT_SEED_NODES", "somewhere"));

        Assert.Single(await lighthouse.UntilAsync("RAFT_SEED_NODES: 'somewhere' is not an address"));
        Assert.Equal(2, await lighthouse.EndAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var lighthouse = new LighthouseProcess(("RAFT_REMOTE", $"{taken.LocalEndpoint}"));

        await lighthouse.UntilAsync($"raft-lighthouse: Akka.Remote can't listen on {taken.LocalEndpoint}");
        Assert.Equal(2, await lighthouse.EndAsync());
    }

    private static LighthouseProcess Start(int port, string cluster) =>
        new(("RAFT_REMOTE", $"127.0.0.1:{port}"), ("RAFT_CLUSTER", cluster));

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static byte[] Frame(int length, ReadOnlySpan<byte> content)
    {
        var frame = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        content.CopyTo(frame.AsSpan(4));
        return frame;
    }

    /// <summary>Sends bytes, and waits for the other side to close if they request an end.</summary>
    private static async Task SendAsync(int port, byte[] bytes, bool isReset = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(bytes);
        if (isReset)
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            return;
        }

        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
        }
        catch (IOException)
        {
            // A reset closes the connection, too.
        }
    }
}
