using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Raft.Lighthouse.Tests.Processes;

/// <summary>Lighthouses at IPv6 addresses, and the log line with a lighthouse's own address.</summary>
public sealed class AddressTests
{
    [Fact]
    public async Task Two_find_each_other_at_IPv6_addresses()
    {
        var (a, b) = (FreePort(), FreePort());
        var seeds = ("RAFT_SEED_NODES", $"[::1]:{a},[::1]:{b}");
        await using var first = new LighthouseProcess(seeds, ("RAFT_REMOTE", $"[::1]:{a}"));
        await using var second = new LighthouseProcess(seeds, ("RAFT_REMOTE", $"[::1]:{b}"));

        await second.UntilAsync("Joined the Akka cluster; it has 2 processes");
    }

    [Fact]
    public async Task One_that_is_not_told_its_address_says_which_one_it_takes()
    {
        var (port, other) = (FreePort(), FreePort());
        await using var lighthouse = new LighthouseProcess(
            ("RAFT_SEED_NODES", $"[::1]:{other}"), ("RAFT_REMOTE_BIND", $"[::]:{port}"));

        var lines = await lighthouse.UntilAsync("listens on");

        Assert.Equal(
            [
                $"RAFT_REMOTE is not set. This process advertises [::1]:{port}, its address on the route to [::1]:{other}.",
                $"The lighthouse of raft listens on [::1]:{port}",
            ],
            lines);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
