using System.Buffers;
using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.StateMachines.KeyValue;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>The API's responses when the node, its group or its client can't serve a request.</summary>
public sealed class TroubleTests
{
    private const string ShortTimeouts = "raft.client { request-timeout = 300ms, failover-after = 200ms }";

    [Fact]
    public async Task Without_a_majority_nothing_is_done_and_the_node_says_so()
    {
        await using var node = await TestNode.StartWithLostMemberAsync(ShortTimeouts, contact: (_, group) => group.Node);

        using var put = await node.SendAsync(HttpMethod.Put, "/api/kv/x", "v");
        using var get = await node.Http.GetAsync("/api/kv/x");
        using var ready = await node.Http.GetAsync("/health/ready");
        using var stale = await node.Http.GetAsync("/api/kv/x?consistency=stale");

        Assert.Contains("nothing was done", await Problems.DetailOf(put, 503), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), put.Headers.RetryAfter?.Delta);
        await Problems.DetailOf(get, 503);
        Assert.Contains("no leader", await Problems.DetailOf(ready, 503), StringComparison.Ordinal);
        await Problems.DetailOf(stale, 404);
        Assert.Equal("live", (await node.GetJsonAsync("/health/live")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_member_that_does_not_answer_is_unreachable()
    {
        await using var node = await TestNode.StartAsync(", \"n2=127.0.0.1:1\"");

        var nodes = (await node.GetJsonAsync("/api/cluster")).GetProperty("nodes");

        Assert.True(nodes[0].GetProperty("reachable").GetBoolean());
        Assert.Equal("n2", nodes[1].GetProperty("nodeId").GetString());
        Assert.Equal("127.0.0.1:1", nodes[1].GetProperty("address").GetString());
        Assert.False(nodes[1].GetProperty("reachable").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, nodes[1].GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task A_write_without_an_answer_has_an_unknown_outcome_and_never_failed()
    {
        await using var node = await TestNode.StartAsync(overrides: ShortTimeouts, contact: TestNode.Silent);

        using var put = await node.SendAsync(HttpMethod.Put, "/api/kv/x", "v");
        using var get = await node.Http.GetAsync("/api/kv/x");

        Assert.Contains("may or may not", await Problems.DetailOf(put, 504), StringComparison.Ordinal);
        Assert.Equal("Outcome unknown", (await TestNode.JsonOf(put)).GetProperty("title").GetString());
        await Problems.DetailOf(get, 503);
    }

    [Fact]
    public async Task A_full_queue_asks_for_a_pause()
    {
        await using var node = await TestNode.StartAsync(
            overrides: "raft.client { request-timeout = 2s, max-pending-requests = 1 }", contact: TestNode.Silent);

        var both = await Task.WhenAll(
            node.SendAsync(HttpMethod.Put, "/api/kv/x", "1"), node.SendAsync(HttpMethod.Put, "/api/kv/x", "2"));

        var refused = Assert.Single(both, a => (int)a.StatusCode == 429);
        Assert.Contains("pause", await Problems.DetailOf(refused, 429), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("raft.max-pending-proposals = 1")]
    [InlineData("raft { max-command-bytes = 1KiB, max-pending-bytes = 1KiB }")]
    public async Task A_leader_with_enough_to_do_asks_for_a_pause_and_does_what_it_took(string limit)
    {
        using var machine = new SlowMachine();
        await using var node = await TestNode.StartAsync(overrides: limit, stateMachine: () => machine);

        var first = node.SendAsync(HttpMethod.Put, "/api/kv/x", new string('1', 900));
        await machine.IsBusy;
        using var second = await node.SendAsync(HttpMethod.Put, "/api/kv/x", new string('2', 900));
        machine.GoOn();
        using var done = await first;

        Assert.Contains("try again after a pause", await Problems.DetailOf(second, 429), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        Assert.Equal(System.Net.HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(new string('1', 900), await node.Http.GetStringAsync("/api/kv/x"));
    }

    [Fact]
    public async Task A_command_over_the_groups_limit_is_refused()
    {
        await using var node = await TestNode.StartAsync(overrides: "raft.max-command-bytes = 1KiB");

        using var put = await node.SendAsync(HttpMethod.Put, "/api/kv/x", new string('v', 2000));

        Assert.Contains("1024", await Problems.DetailOf(put, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_halted_node_says_why_at_every_place()
    {
        // Long enough to elect a leader and to open a session, so that the command is sent.
        await using var node = await TestNode.StartAsync(
            overrides: "raft.client.request-timeout = 3s", stateMachine: () => new BrokenMachine());

        using var put = await node.SendAsync(HttpMethod.Put, "/api/kv/x", "v");
        using var live = await node.Http.GetAsync("/health/live");
        using var ready = await node.Http.GetAsync("/health/ready");
        using var status = await node.Http.GetAsync("/api/status");
        using var log = await node.Http.GetAsync("/api/log");

        await Problems.DetailOf(put, 504);
        foreach (var answer in new[] { live, ready, status })
            Assert.Contains("out of order", await Problems.DetailOf(answer, 503), StringComparison.Ordinal);
        await Problems.DetailOf(log, 503);
        var self = (await node.GetJsonAsync("/api/cluster")).GetProperty("nodes")[0];
        Assert.True(self.GetProperty("reachable").GetBoolean());
        Assert.Contains("out of order", self.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Akka.Remote's endpoint manager, and the node's supervisor.</summary>
    [Theory]
    [InlineData("/system/endpointManager", "Akka.Remote has stopped.")]
    [InlineData("/user/raft-default", "The node's supervisor has stopped.")]
    public async Task A_process_without_remoting_or_without_its_node_is_not_live(string path, string why)
    {
        await using var node = await TestNode.StartAsync();
        var actor = await node.System.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(10));

        var stopped = actor.WatchAsync();
        node.System.Stop(actor);
        await stopped;
        using var live = await node.Http.GetAsync("/health/live");

        Assert.Equal($"{why} The process must be restarted.", await Problems.DetailOf(live, 503));
    }

    [Fact]
    public async Task Several_nodes_serve_from_one_process()
    {
        await using var one = await TestNode.StartAsync();
        await using var two = await TestNode.StartAsync();

        await one.PutAsync("/api/kv/where", "one");
        await two.PutAsync("/api/kv/where", "two");

        Assert.Equal("one", await one.Http.GetStringAsync("/api/kv/where"));
        Assert.Equal("two", await two.Http.GetStringAsync("/api/kv/where"));
    }

    /// <summary>A key-value store that blocks at its first command until the test releases it.</summary>
    private sealed class SlowMachine : IStateMachine, IDisposable
    {
        private readonly KeyValueStore _store = new();
        private readonly TaskCompletionSource _isBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _mayGoOn = new();

        public Task IsBusy => _isBusy.Task;

        public void GoOn() => _mayGoOn.Set();

        public void Dispose() => _mayGoOn.Dispose();

        public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
        {
            _isBusy.TrySetResult();
            _mayGoOn.Wait();
            return _store.Apply(index, command);
        }

        public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => _store.Query(query);

        public void TakeSnapshot(IBufferWriter<byte> snapshot) => _store.TakeSnapshot(snapshot);

        public void Restore(ReadOnlySequence<byte> snapshot) => _store.Restore(snapshot);
    }
}
