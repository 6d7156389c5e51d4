using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Raft.Actors.Protocol;
using Raft.Simulation.Traces;
using Xunit;

namespace Raft.Simulation.Tests.Traces;

/// <summary>The page is one file that no text in a trace can break. These tests do not cover its look.</summary>
public sealed partial class SpaceTimeDiagramTests
{
    private const string LineSeparator = "\u2028";
    private const string HalfSurrogate = "\ud800";

    private static readonly string[] HostileTexts =
    [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--<script>", "]]>", "\"'`\\", "{{trace}}",
        LineSeparator + "\u2029\0\u0001\n", "$1 $& ${name}", "\U0001F600",
    ];

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        var page = PageOf(SampleTraces.LostWrites());

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        foreach (var reference in new[] { "http:", "https:", "//cdn", " src=", " href=", "@import", "url(", "import(", "fetch(" })
            Assert.DoesNotContain(reference, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_page_is_in_ascii_so_that_its_writers_encoding_does_not_matter() =>
        Assert.True(Ascii.IsValid(PageOf(Hostile("n\u00e4chster \u2713"))));

    [Fact]
    public void Every_module_is_in_the_page_once_and_no_two_declare_the_same_name()
    {
        var page = PageOf(SampleTraces.LostWrites());
        var declared = DiagramModules.All
            .SelectMany(module => Declaration().Matches(module.Text)).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(declared);
        Assert.Equal(declared.Distinct(), declared);
        Assert.All(DiagramModules.All, module => Assert.Equal(2, page.Split(module.Text.Split('\n')[0]).Length));
    }

    [Fact]
    public void The_page_allows_its_own_script_and_no_other()
    {
        var page = PageOf(SampleTraces.LostWrites());
        const string Begin = "<script type=\"module\">";
        var script = page[(page.LastIndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..];
        script = script[..script.IndexOf("</script>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

        Assert.Contains($"script-src 'sha256-{hash}'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nodes_and_what_was_violated_are_in_the_page()
    {
        var trace = SampleTraces.LostWrites();
        using var json = JsonOf(PageOf(trace));
        var violation = Assert.Single(trace.Events.OfType<PropertyViolated>());
        var written = json.RootElement.GetProperty("events").EnumerateArray().Single(e => e[0].GetString() == "violation");

        Assert.Equal(trace.Title, json.RootElement.GetProperty("title").GetString());
        Assert.Equal(trace.Command, json.RootElement.GetProperty("command").GetString());
        Assert.Equal(trace.Nodes, TextsOf(json.RootElement.GetProperty("nodes")));
        Assert.Equal(trace.Clients, TextsOf(json.RootElement.GetProperty("clients")));
        Assert.Equal(violation.At.Ticks, written[1].GetInt64());
        Assert.Equal(
            ["violation", violation.Machine, violation.Check, violation.Source, violation.Fact, violation.Contradiction],
            TextsOf(written));
    }

    [Fact]
    public void Every_field_of_every_event_comes_back()
    {
        using var json = JsonOf(PageOf(OneOfEach()));

        Assert.Equal(
            """
            ["message",1,"n1","n2","RequestVote","term 1",20,"delivered"]
            ["message",2,"n1","n3","RequestVote","term 1",null,"cut"]
            ["message",2,"n1","n4","RequestVote","term 1",null,"lost"]
            ["message",2,"n1","n5","RequestVote","term 1",30,"receiver down"]
            ["node",3,"n2","candidate",4,"n1",null,5,6,7,8,[[9,4,"put"],[10,4,"no-op"]]]
            ["power",4,"n3",false,"killed"]
            ["fault",5,"","partition","n1 | n2",50,["n1","n2","n2","n1"]]
            ["note",6,"n1","a write failed"]
            ["operation",7,"c1","put","unknown",null]
            ["violation",8,"","a","b","c","d"]
            """.ReplaceLineEndings("\n"),
            string.Join('\n', json.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetRawText())));
    }

    [Fact]
    public void Hostile_texts_stay_texts()
    {
        foreach (var text in HostileTexts)
        {
            var page = PageOf(Hostile(text));
            using var json = JsonOf(page);

            Assert.Equal(2, ScriptTag().Count(page));
            Assert.Equal(2, ScriptEnd().Count(page));
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
            Assert.DoesNotContain(LineSeparator, page, StringComparison.Ordinal);
            Assert.Equal(text, json.RootElement.GetProperty("title").GetString());
            Assert.Equal(text, json.RootElement.GetProperty("events")[0][3].GetString());
        }
    }

    [Fact]
    public void Half_a_surrogate_is_replaced()
    {
        using var json = JsonOf(PageOf(Hostile("put " + HalfSurrogate)));

        Assert.Equal("put \ufffd", json.RootElement.GetProperty("events")[0][3].GetString());
    }

    [Fact]
    public void The_same_trace_gives_the_same_page_in_every_culture()
    {
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "minus ";
        var expected = PageOf(SampleTraces.LostWrites());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, PageOf(SampleTraces.LostWrites()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_long_run_takes_some_hundred_bytes_for_an_event()
    {
        var trace = SampleTraces.Long();

        Assert.InRange(trace.Events.Count, 20_000, int.MaxValue);
        Assert.InRange(PageOf(trace).Length, 0, trace.Events.Count * 150);
    }

    [Fact]
    public void An_event_that_cannot_be_drawn_is_refused() =>
        Assert.Throws<ArgumentException>(() => PageOf(Of(new Unknown())));

    private static string PageOf(Trace trace)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        SpaceTimeDiagram.Write(trace, page);
        return page.ToString();
    }

    private static JsonDocument JsonOf(string page)
    {
        const string Begin = "id=\"trace\">";
        var json = page[(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..];
        return JsonDocument.Parse(json[..json.IndexOf("</script>", StringComparison.Ordinal)]);
    }

    private static IEnumerable<string> TextsOf(JsonElement array) =>
        array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!);

    private static Trace Of(params TraceEvent[] events) => new("title", "command", ["n1"], ["c1"], events);

    private static Trace Hostile(string text)
    {
        var at = TimeSpan.Zero;
        return new(text, text, [text], [text],
        [
            new OperationLasted(at, text, text, text, at),
            new MessageTraveled(at, text, text, text, text, at, MessageFate.Delivered),
            new NodeChanged(at, text, RaftRole.Leader, 1, text, text, 0, 0, 0, 0, [new(1, 1, text)]),
            new MachineUpOrDown(at, text, true, text),
            new FaultLasted(at, text, text, text, at, [(text, text)]),
            new Noted(at, text, text),
            new PropertyViolated(at, text, text, text, text, text),
        ]);
    }

    private static Trace OneOfEach() => Of(
        new MessageTraveled(new(1), "n1", "n2", "RequestVote", "term 1", new(20), MessageFate.Delivered),
        new MessageTraveled(new(2), "n1", "n3", "RequestVote", "term 1", null, MessageFate.Cut),
        new MessageTraveled(new(2), "n1", "n4", "RequestVote", "term 1", null, MessageFate.Lost),
        new MessageTraveled(new(2), "n1", "n5", "RequestVote", "term 1", new(30), MessageFate.ReceiverDown),
        new NodeChanged(new(3), "n2", RaftRole.Candidate, 4, "n1", null, 5, 6, 7, 8, [new(9, 4, "put"), new(10, 4, "no-op")]),
        new MachineUpOrDown(new(4), "n3", false, "killed"),
        new FaultLasted(new(5), "", "partition", "n1 | n2", new(50), [("n1", "n2"), ("n2", "n1")]),
        new Noted(new(6), "n1", "a write failed"),
        new OperationLasted(new(7), "c1", "put", "unknown", null),
        new PropertyViolated(new(8), "", "a", "b", "c", "d"));

    [GeneratedRegex(@"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptTag();

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptEnd();

    private sealed record Unknown() : TraceEvent(TimeSpan.Zero, "n1");
}
