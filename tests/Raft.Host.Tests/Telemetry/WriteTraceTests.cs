using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Telemetry;

/// <summary>The trace of one write through three real nodes: client, leader, journals, followers, commit, apply.</summary>
public sealed class WriteTraceTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    private const int SpansOfAWrite = 10;

    [Fact]
    public async Task The_spans_of_a_write_through_a_follower_are_one_tree()
    {
        var (_, asked, leader) = await nodes.FollowerAsync();
        var other = nodes.Nodes.Select(n => n.Self.Id.Value).Single(id => id != asked && id != leader);
        var client = new KeyValueClient(nodes.Nodes.Single(n => n.Self.Id.Value == asked).Client);
        await PutAsync(client, "warm");
        using var caller = new Activity("caller").Start();
        using var spans = new RecordedSpans(caller.TraceId, SpansOfAWrite);

        var write = await PutAsync(client, "traced");
        await spans.AllAsync();

        string[] followers = [.. new[] { asked, other }.Order(StringComparer.Ordinal)];
        Assert.Equal(
            $"""
            raft.propose
              raft.apply {leader}
              raft.commit {leader}
                raft.append {leader} {followers[0]}
                  raft.follow {followers[0]}
                    raft.journal.write {followers[0]}
                raft.append {leader} {followers[1]}
                  raft.follow {followers[1]}
                    raft.journal.write {followers[1]}
                raft.journal.write {leader}

            """,
            spans.TreeBelow(caller.SpanId));
        var commit = Assert.Single(spans.Named("raft.commit"));
        Assert.Equal(write.Index, commit.GetTagItem("raft.index"));
        Assert.Equal(write.Term, commit.GetTagItem("raft.term"));
    }

    [Fact]
    public async Task A_span_is_not_begun_before_its_parent_and_the_client_waits_for_commit_and_apply()
    {
        var client = new KeyValueClient(nodes.Nodes[0].Client);
        await PutAsync(client, "warm");
        using var caller = new Activity("caller").Start();
        using var spans = new RecordedSpans(caller.TraceId, SpansOfAWrite);

        await PutAsync(client, "timed");
        await spans.AllAsync();

        var propose = Assert.Single(spans.Named("raft.propose"));
        var commit = Assert.Single(spans.Named("raft.commit"));
        var apply = Assert.Single(spans.Named("raft.apply"));
        Assert.True(propose.StartTimeUtc <= commit.StartTimeUtc);
        Assert.True(commit.StartTimeUtc + commit.Duration <= apply.StartTimeUtc + TimeSpan.FromMilliseconds(1));
        Assert.True(commit.Duration <= propose.Duration);
        Assert.Equal(2, spans.Named("raft.append").Count());
    }

    [Fact]
    public async Task Nothing_of_a_trace_is_in_the_log()
    {
        var client = new KeyValueClient(nodes.Nodes[0].Client);
        await PutAsync(client, "warm");
        using var caller = new Activity("caller").Start();
        using var spans = new RecordedSpans(caller.TraceId, SpansOfAWrite);

        var write = await PutAsync(client, "secret");
        await spans.AllAsync();

        foreach (var node in nodes.Nodes)
        {
            var page = await node.Group.GetLogAsync(new LogIndex(write.Index), 1, TimeSpan.FromSeconds(5));
            var entry = Assert.Single(page!.Entries);
            Assert.DoesNotContain(caller.TraceId.ToHexString(), JsonSerializer.Serialize(entry), StringComparison.Ordinal);
            Assert.DoesNotContain(
                caller.TraceId.ToHexString(), Encoding.Latin1.GetString(entry.Command.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_write_that_nobody_records_makes_no_spans()
    {
        using var caller = new Activity("caller").Start();
        using var others = new RecordedSpans(ActivityTraceId.CreateRandom(), count: 1);

        await PutAsync(new KeyValueClient(nodes.Nodes[0].Client), "quiet");

        Assert.Equal("", others.TreeBelow(caller.SpanId));
    }

    private static Task<KeyValueWrite> PutAsync(KeyValueClient client, string key) =>
        client.PutAsync(key, "x"u8.ToArray(), WriteCondition.None);
}
