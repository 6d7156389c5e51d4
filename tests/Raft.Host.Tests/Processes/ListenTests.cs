using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>A program that can't listen at its address reports that in one line and exits with code 2.</summary>
[Collection(nameof(ProcessTests))]
public sealed class ListenTests
{
    private const int BadUsage = 2;

    /// <summary>An address for documentation (RFC 5737), which no machine has.</summary>
    private const string NobodysAddress = "203.0.113.7";

    /// <summary>
    /// A process without this capability can't listen on a port below 1024.
    /// </summary>
    private static readonly string[] WithoutRights = ["setpriv", "--bounding-set=-net_bind_service"];

    [Theory]
    [InlineData("node", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("node", "RAFT_MEMBERS", "Akka.Remote can't listen on")]
    [InlineData("gateway", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("gateway", "RAFT_REMOTE", "Akka.Remote can't listen on")]
    [InlineData("lighthouse", "RAFT_REMOTE", "Akka.Remote can't listen on")]
    public async Task A_port_in_use_is_named(string program, string variable, string expected)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await ExpectAsync($"{expected} {taken.LocalEndpoint}: the port is in use", program, variable, $"{taken.LocalEndpoint}");
    }

    [Theory]
    [InlineData("node", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("node", "RAFT_MEMBERS", "Akka.Remote can't listen on")]
    [InlineData("gateway", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("gateway", "RAFT_REMOTE", "Akka.Remote can't listen on")]
    [InlineData("lighthouse", "RAFT_REMOTE", "Akka.Remote can't listen on")]
    public async Task An_address_that_the_machine_has_not_is_named(string program, string variable, string expected) =>
        await ExpectAsync(
            $"{expected} {NobodysAddress}:5000: this machine has no such address", program, variable, $"{NobodysAddress}:5000");

    [Theory]
    [InlineData("node", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("node", "RAFT_MEMBERS", "Akka.Remote can't listen on")]
    [InlineData("gateway", "RAFT_HTTP", "HTTP can't listen on")]
    [InlineData("lighthouse", "RAFT_REMOTE", "Akka.Remote can't listen on")]
    public async Task A_port_that_is_not_allowed_is_named(string program, string variable, string expected) =>
        await ExpectAsync(
            $"{expected} 127.0.0.1:81: this user may not use the port", program, variable, "127.0.0.1:81", WithoutRights);

    [Fact]
    public async Task A_port_of_raft_dev_that_is_in_use_is_named()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(3);
        using var taken = new TcpListener(IPAddress.Loopback, port + 1);
        taken.Start();

        await ExpectAsync(
            $"HTTP can't listen on localhost:{port + 1}: the port is in use",
            ["dev", "--port", $"{port}", "--data", data.Path],
            [],
            []);
    }

    [Fact]
    public async Task A_port_of_raft_dev_that_is_not_allowed_is_named()
    {
        using var data = new TempFolder();

        await ExpectAsync(
            "HTTP can't listen on localhost:81: this user may not use the port",
            ["dev", "--port", "81", "--data", data.Path], [], WithoutRights);
    }

    private static async Task ExpectAsync(
        string expected, string program, string variable, string address, string[]? launcher = null)
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(2);
        var environment = new Dictionary<string, string>
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.Path,
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{port}",
            ["RAFT_SEED_NODES"] = "127.0.0.1:1",
            ["RAFT_REMOTE"] = $"127.0.0.1:{port}",
            ["RAFT_HTTP"] = $"127.0.0.1:{port + 1}",
            [variable] = variable == "RAFT_MEMBERS" ? $"n1={address}" : address,
        };
        if (program == "node") environment.Remove("RAFT_REMOTE");
        await ExpectAsync(expected, program == "lighthouse" ? [] : [program], environment, launcher ?? [], program);
    }

    private static async Task ExpectAsync(
        string expected, string[] args, Dictionary<string, string> environment, string[] launcher, string program = "raft")
    {
        var (code, output) = await RaftProcess.RunAsync(
            args, environment, launcher, program == "lighthouse" ? "raft-lighthouse.dll" : "raft.dll");

        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.True(code == BadUsage, $"exit code {code}:\n{output}");
    }
}
