using System.Text.Json;
using Raft.Host.Client;
using Raft.Host.Rendering;
using Raft.Host.Tests.Commands;
using Raft.Host.Watch;
using Xunit;

namespace Raft.Host.Tests.Watch;

public sealed class WatchTests
{
    private const string Cluster = """
        {"seenFrom":"n1","nodes":[
          {"nodeId":"n2","address":"a","reachable":true,"status":{"nodeId":"n2","clusterId":"c","groupId":"default",
            "role":"follower","term":7,"leaderId":"n1","commitIndex":90,"lastApplied":90,"lastLogIndex":90,"members":[]}},
          {"nodeId":"n1","address":"a","reachable":true,"status":{"nodeId":"n1","clusterId":"c","groupId":"default",
            "role":"leader","term":7,"leaderId":"n1","commitIndex":100,"lastApplied":100,"lastLogIndex":12345,"members":[]}},
          {"nodeId":"n3","address":"a","reachable":false}],
         "history":[{"at":"2026-11-23T03:00:00Z","writesPerSecond":100},{"at":"2026-11-23T03:00:01Z","writesPerSecond":800}],
         "events":[{"at":"2026-11-23T03:00:00Z","nodeId":"n1","kind":"role","role":"leader",
            "text":"n1 term 7: candidate → leader"}]}
        """;

    private static readonly WatchState Known = (WatchState.Empty with { Source = "localhost:8080" }).After("cluster", Cluster);

    [Fact]
    public void A_frame_shows_who_leads_how_far_each_is_and_what_happened()
    {
        var state = Known.After(
            "sample", """{"at":"2026-11-23T03:00:02Z","writesPerSecond":1600,"commitP50Ms":1.5,"commitP99Ms":40}""");

        var lines = WatchFrame.Draw(state, 80, 24).Select(l => l.Text.TrimEnd()).ToArray();

        Assert.Equal("raft  group default  cluster c                                    localhost:8080", lines[0]);
        Assert.Equal("n1 leads in term 7   1,600 writes/s   p50 1.5 ms   p99 40 ms", lines[1]);
        Assert.Equal("n1 *     leader           7        100        100      12345        0", lines[4]);
        Assert.Equal("n2       follower         7         90         90         90    12255 █████", lines[5]);
        Assert.Equal("n3       unreachable", lines[6]);
        Assert.Equal("WRITES/S ▁▅█", lines[8]);
        Assert.EndsWith("n1 term 7: candidate → leader", lines[10], StringComparison.Ordinal);
        Assert.Equal("q quits", lines[^1]);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 10)]
    [InlineData(20, 3)]
    [InlineData(1, 1)]
    [InlineData(300, 100)]
    public void A_frame_fits_every_screen(int width, int height)
    {
        var text = new string('x', 200);
        var state = Enumerable.Range(0, 200).Aggregate(Known, (s, i) => s.After(
            "transition", $$"""{"at":"2026-11-23T03:00:00Z","nodeId":"n1","kind":"role","text":"n1 term {{i}}: {{text}}"}"""));

        var lines = WatchFrame.Draw(state, width, height);

        Assert.InRange(lines.Count, 1, Math.Max(2, height));
        Assert.All(lines, l => Assert.InRange(l.Text.Length, 0, width));
    }

    [Fact]
    public void A_change_of_a_node_is_seen_and_the_newest_transition_stands_first()
    {
        var state = Known
            .After("node", """{"nodeId":"n3","address":"a","reachable":true,"problem":"it is being started again"}""")
            .After("transition", """{"at":"2026-11-23T03:01:00Z","nodeId":"n3","kind":"halted","text":"n3 halted"}""");

        var lines = WatchFrame.Draw(state, 80, 24);

        Assert.Equal("n3       unavailable: it is being started again", lines[6].Text);
        Assert.EndsWith("n3 halted", lines[10].Text, StringComparison.Ordinal);
        Assert.Equal(Tone.Bad, lines[10].Tone);
    }

    [Fact]
    public void Where_nobody_leads_the_frame_says_what_to_do()
    {
        var state = Known with { Nodes = [.. Known.Nodes.Where(n => n.NodeId != "n1")] };

        Assert.Equal("There is no leader. Run raft doctor to find out why.", WatchFrame.Draw(state, 80, 24)[1].Text);
    }

    [Fact]
    public void Trouble_takes_the_place_of_the_address() => Assert.Equal(
        "raft  group default  cluster c  the connection to n1:8080 broke",
        WatchFrame.Draw(Known with { Trouble = "the connection to n1:8080 broke" }, 80, 24)[0].Text);

    [Fact]
    public void An_event_of_a_newer_version_changes_nothing() => Assert.Same(Known, Known.After("weather", "{}"));

    [Fact]
    public void Data_that_is_no_event_is_told() => Assert.ThrowsAny<JsonException>(() => Known.After("node", "hello"));

    [Fact]
    public void The_terminal_is_left_as_it_was()
    {
        using var output = new StringWriter();
        using (var screen = new WatchScreen(output)) screen.Draw(WatchFrame.Draw(Known, 80, 24));

        Assert.StartsWith("\u001b[?1049h\u001b[?25l", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h\u001b[?1049l", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_node_ends_its_events_the_next_one_is_followed()
    {
        var events = $"event: cluster\ndata: {Cluster.ReplaceLineEndings("")}\n\n";
        var answer = $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{events}";
        using var ending = new StrangeServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        using var telling = new StrangeServer(answer.Replace("█", "", StringComparison.Ordinal).Replace('→', '-'));
        var stream = new WatchStream([new Uri($"http://{ending.Address}"), new Uri($"http://{telling.Address}")]);

        var seen = new List<WatchState>();
        await foreach (var state in stream.FollowAsync(CancellationToken.None))
        {
            seen.Add(state);
            if (state.IsKnown) break;
        }

        Assert.Contains("Is it a raft node?", seen[0].Trouble, StringComparison.Ordinal);
        Assert.Equal((telling.Address, 3), (seen[^1].Source, seen[^1].Nodes.Count));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ExitCode.Failed, "Is it a raft node?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", ExitCode.Failed, "Is it a raft node?")]
    [InlineData("", ExitCode.NotReachable, "broke")]
    public async Task What_is_no_node_can_t_be_watched(string answer, int code, string why)
    {
        using var server = new StrangeServer(answer);

        var run = await CommandLine.RunAsync([], ["watch", "--once", "--node", server.Address]);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("watch", "--node", "ftp://x")]
    [InlineData("watch", "--node", "a,ftp://x")]
    [InlineData("watch", "n1")]
    public async Task Bad_usage_is_told(params string[] args) =>
        Assert.Equal(ExitCode.BadUsage, (await CommandLine.RunAsync([], args)).ExitCode);
}
