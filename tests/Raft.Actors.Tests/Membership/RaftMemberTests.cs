using CsCheck;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Membership;

public sealed class RaftMemberTests
{
    [Theory]
    [InlineData("n1=10.0.0.1:4053", "n1", "10.0.0.1", 4053)]
    [InlineData("raft-1.a_B=raft-1.raft.svc:1", "raft-1.a_B", "raft-1.raft.svc", 1)]
    [InlineData("n1=localhost:65535", "n1", "localhost", 65535)]
    [InlineData("n1=[::1]:4053", "n1", "[::1]", 4053)]
    [InlineData("n1=[fd00::a:1]:4053", "n1", "[fd00::a:1]", 4053)]
    public void A_member_is_a_name_and_an_address(string text, string id, string host, int port)
    {
        var member = RaftMember.Parse(text);

        Assert.Equal(new RaftMember(new NodeId(id), host, port), member);
        Assert.Equal($"{host}:{port}", member.Address);
        Assert.Equal(text, member.ToString());
    }

    [Fact]
    public void An_IPv6_address_is_kept_in_the_form_that_Akka_names_it() =>
        Assert.Equal("n1=[fd00::a:1]:4053", $"{RaftMember.Parse("n1=[FD00:0:0:0:0:0:A:1]:4053")}");

    [Theory]
    [InlineData("n1=::1:4053")]
    [InlineData("n1=fd00::1:4053")]
    [InlineData("n1=[::1]4053")]
    [InlineData("n1=[10.0.0.1]:4053")]
    [InlineData("n1=[fe80::1%2]:4053")]
    public void An_IPv6_address_without_brackets_is_refused_with_an_example(string text) => Assert.Contains(
        "n1=[fd00::1]:4053", Assert.Throws<FormatException>(() => RaftMember.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("n1")]
    [InlineData("n1=")]
    [InlineData("n1=host")]
    [InlineData("n1=host:")]
    [InlineData("n1:4053")]
    [InlineData("host:4053=n1")]
    [InlineData("=host:4053")]
    [InlineData("n1=:4053")]
    [InlineData("n1=host:0")]
    [InlineData("n1=host:65536")]
    [InlineData("n1=host:99999999999")]
    [InlineData("n1=host:-1")]
    [InlineData("n1=host:+1")]
    [InlineData("n1=host:4053 ")]
    [InlineData("n1=host:port")]
    public void A_text_that_is_no_member_is_refused_with_an_example(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => RaftMember.Parse(text));

        Assert.Contains($"'{text}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("n1=10.0.0.1:4053", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n 1=host:1")]
    [InlineData("n1 =host:1")]
    [InlineData("n/1=host:1")]
    [InlineData("n1\n=host:1")]
    [InlineData("ñ=host:1")]
    public void A_name_with_other_characters_is_refused(string text) =>
        Assert.Contains(
            "node id", Assert.Throws<FormatException>(() => RaftMember.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("n1=ho st:4053")]
    [InlineData("n1= host:4053")]
    [InlineData("n1=akka.tcp://raft@10.0.0.1:4053")]
    [InlineData("n1=host/raft:4053")]
    [InlineData("n1=n2=host:4053")]
    public void A_host_with_a_character_that_no_host_has_is_refused(string text) =>
        Assert.Throws<FormatException>(() => RaftMember.Parse(text));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_name_has_64_characters_at_the_most(int length, bool isName)
    {
        var refusal = Record.Exception(() => RaftMember.Parse($"{new string('n', length)}=host:1"));

        Assert.Equal(isName, refusal is null);
    }

    [Fact]
    public void A_list_keeps_its_order_and_tolerates_spaces_and_a_last_comma() =>
        Assert.Equal(
            ["n2=b:2", "n1=a:1", "n3=c:3"],
            RaftMember.ParseList(" n2=b:2, n1=a:1 ,n3=c:3,").Select(m => m.ToString()));

    [Fact]
    public void A_list_that_names_a_member_twice_is_refused()
    {
        var refusal = Assert.Throws<FormatException>(() => RaftMember.ParseList("n1=a:1,n2=b:2,n1=c:3"));

        Assert.Contains("n1 twice", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_with_one_bad_member_is_refused_and_the_member_named()
    {
        var refusal = Assert.Throws<FormatException>(() => RaftMember.ParseList("n1=a:1,n2"));

        Assert.Contains("'n2'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_member_prints_is_what_it_is_read_from() =>
        Gen.Select(Gen.String[Gen.Char["abcXYZ019._-"], 1, 64], Gen.String[Gen.Char["abcxyz"], 1, 20], Gen.Int[1, 65535])
            .Sample((id, host, port) =>
            {
                var member = new RaftMember(new NodeId(id), host, port);
                Assert.Equal(member, RaftMember.Parse(member.ToString()));
            });

    [Fact]
    public void Any_text_is_a_member_or_refused_with_a_FormatException() =>
        Gen.String[Gen.Char["n1=:. ,é0"], 0, 12].Sample(text =>
        {
            var refusal = Record.Exception(() => RaftMember.Parse(text));
            Assert.True(refusal is null or FormatException, $"{refusal}");
        }, iter: 1000);
}
