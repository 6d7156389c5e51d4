using System.Text.Json;
using Microsoft.Extensions.Logging;
using Raft.Programs.Logging;
using Xunit;

namespace Raft.Programs.Tests.Logging;

/// <summary>A line of the log, as text and as JSON.</summary>
public sealed class LogLineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, 583, TimeSpan.Zero);

    private static readonly LogLine Transition =
        new(Noon, LogLevel.Information, "Raft.Actors.Nodes.RaftNode", "n2 term 7: candidate → leader (2 of 3 votes)")
        {
            Template = "{Node} term {Term}: {FromRole} → {Role} ({Reason})",
            Properties = [new("Node", "n2"), new("Term", 7L), new("Role", "leader")],
        };

    [Fact]
    public void As_text_it_has_time_level_and_message() =>
        Assert.EndsWith(".583 inf n2 term 7: candidate → leader (2 of 3 votes)", Transition.ToText(), StringComparison.Ordinal);

    [Fact]
    public void As_text_it_is_one_line_and_names_a_foreign_source() =>
        Assert.EndsWith(
            "wrn Daemon: first second [InvalidOperationException: what why]",
            new LogLine(Noon, LogLevel.Warning, "Akka.Cluster.Daemon", "first\nsecond")
            {
                Cause = new InvalidOperationException("what\nwhy"),
            }.ToText(),
            StringComparison.Ordinal);

    [Fact]
    public void As_JSON_it_is_one_object_with_the_templates_values()
    {
        var text = Transition.ToJson();
        var json = JsonDocument.Parse(text).RootElement;

        Assert.DoesNotContain('\n', text);
        Assert.Equal("2026-01-01T12:00:00.5830000Z", json.GetProperty("timestamp").GetString());
        Assert.Equal("info", json.GetProperty("level").GetString());
        Assert.Equal("Raft.Actors.Nodes.RaftNode", json.GetProperty("source").GetString());
        Assert.Equal(Transition.Message, json.GetProperty("message").GetString());
        Assert.Equal(Transition.Template, json.GetProperty("template").GetString());
        Assert.Equal(7, json.GetProperty("properties").GetProperty("Term").GetInt64());
        Assert.Equal("n2", json.GetProperty("properties").GetProperty("Node").GetString());
    }

    [Fact]
    public void As_JSON_it_keeps_quotes_line_breaks_and_exceptions_in_their_strings()
    {
        var line = new LogLine(Noon, LogLevel.Error, "", "say \"no\"\n{}") { Cause = new InvalidOperationException("why") };
        var json = JsonDocument.Parse(line.ToJson()).RootElement;

        Assert.Equal("say \"no\"\n{}", json.GetProperty("message").GetString());
        Assert.Contains("why", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.False(json.TryGetProperty("properties", out _));
    }
}
