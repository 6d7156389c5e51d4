using Raft.Programs.Addresses;
using Xunit;

namespace Raft.Programs.Tests.Addresses;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("10.0.0.1:4053", "10.0.0.1", 4053)]
    [InlineData("node-1.raft.svc:1", "node-1.raft.svc", 1)]
    [InlineData("0.0.0.0:0", "0.0.0.0", 0)]
    [InlineData("[::1]:5001", "[::1]", 5001)]
    [InlineData("[FD00:0:0::07]:65535", "[fd00::7]", 65535)]
    [InlineData("[::]:8080", "[::]", 8080)]
    public void An_address_is_a_host_and_a_port_and_an_IPv6_address_stands_in_brackets(string text, string host, int port)
    {
        var address = HostPort.Parse(text);

        Assert.Equal(new HostPort(host, port), address);
        Assert.Equal($"{host}:{port}", address.ToString());
    }

    [Theory]
    [InlineData("::1:5001")]
    [InlineData("fd00::7:5001")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("[::1]5001")]
    [InlineData("[::1:5001")]
    [InlineData("[127.0.0.1]:5001")]
    [InlineData("[fe80::1%eth0]:5001")]
    [InlineData("[]:5001")]
    [InlineData("host")]
    [InlineData(":5001")]
    public void What_is_no_address_is_refused_with_an_example_of_each_kind(string text)
    {
        var refused = Assert.Throws<FormatException>(() => HostPort.Parse(text));

        Assert.StartsWith($"'{text}' is not an address", refused.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:8080", refused.Message, StringComparison.Ordinal);
        Assert.Contains("[::1]:8080", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0:4053")]
    [InlineData("[::]:4053")]
    [InlineData("[0:0::0]:4053")]
    [InlineData("10.0.0.1:0")]
    public void An_address_that_stands_for_all_or_has_no_port_reaches_nobody(string text) => Assert.Contains(
        "not an address that others can connect to",
        Assert.Throws<FormatException>(() => HostPort.ParseReachable(text)).Message,
        StringComparison.Ordinal);
}
