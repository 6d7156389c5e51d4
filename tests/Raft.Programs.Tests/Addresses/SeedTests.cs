using System.Net;
using Raft.Programs.Addresses;
using Xunit;

namespace Raft.Programs.Tests.Addresses;

public sealed class SeedTests
{
    private static readonly HostPort Lighthouse = new("lighthouse", 4053);

    [Fact]
    public void A_name_stands_for_all_of_its_addresses_in_numerical_order() =>
        Assert.Equal("10.0.0.9:4053 10.0.0.10:4053 10.0.0.100:4053", Order(Seed("10.0.0.100", "10.0.0.9", "10.0.0.10")));

    [Fact]
    public void Names_keep_the_order_in_which_they_are_written_whatever_their_addresses_are() =>
        Assert.Equal(
            "10.0.0.9:4053 10.0.0.1:4054",
            Order(Seed("10.0.0.9"), Raft.Programs.Addresses.Seed.Of(new("b", 4054), [IPAddress.Parse("10.0.0.1")])));

    [Fact]
    public void A_name_that_does_not_resolve_is_left_out_while_others_do() =>
        Assert.Equal("10.0.0.9:4053", Order(new Seed(new("gone", 4053), []), Seed("10.0.0.9")));

    [Fact]
    public void Two_names_of_one_address_are_one_seed() =>
        Assert.Equal("10.0.0.9:4053", Order(Seed("10.0.0.9"), Seed("10.0.0.9")));

    [Fact]
    public void Of_a_name_with_both_kinds_of_addresses_the_IPv4_ones_are_asked() =>
        Assert.Equal("10.0.0.9:4053", Order(Seed("fd00::1", "10.0.0.9")));

    [Fact]
    public void A_name_that_has_only_IPv6_addresses_stands_for_these() =>
        Assert.Equal("[fd00::9]:4053 [fd00::10]:4053", Order(Seed("fd00::10", "fd00::9")));

    [Fact]
    public async Task An_IPv6_address_stands_for_itself()
    {
        var seeds = await Raft.Programs.Addresses.Seed.LookUpAsync([new("[::1]", 4053)], advertised: []);

        Assert.Equal([new HostPort("[::1]", 4053)], seeds[0].Addresses);
    }

    [Fact]
    public async Task An_address_stands_for_itself_and_a_name_that_nobody_has_for_nothing()
    {
        var seeds = await Raft.Programs.Addresses.Seed.LookUpAsync(
            [new("127.0.0.1", 4053), new("nobody.invalid", 4053)], advertised: []);

        Assert.Equal([new HostPort("127.0.0.1", 4053)], seeds[0].Addresses);
        Assert.Empty(seeds[1].Addresses);
    }

    [Fact]
    public async Task A_name_that_a_member_advertises_is_asked_as_it_is_written()
    {
        var written = new HostPort("localhost", 4053);

        var seeds = await Raft.Programs.Addresses.Seed.LookUpAsync([written, new("localhost", 4054)], advertised: [written]);

        Assert.Equal([written], seeds[0].Addresses);
        Assert.Equal([new HostPort("127.0.0.1", 4054)], seeds[1].Addresses);
    }

    private static Seed Seed(params string[] addresses) =>
        Raft.Programs.Addresses.Seed.Of(Lighthouse, addresses.Select(IPAddress.Parse));

    private static string Order(params Seed[] seeds) =>
        string.Join(' ', Raft.Programs.Addresses.Seed.InOrder(seeds));
}
