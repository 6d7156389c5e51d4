using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Traces;

/// <summary>
/// A trace as JSON for the script of the page. Each event is an array that starts with its kind, its time in ticks of 100 ns,
/// and its machine, followed by the fields of its record in order.
/// </summary>
/// <remarks>
/// Everything except ASCII is escaped, and so are <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes, so that no text can end
/// the enclosing script element.
/// </remarks>
internal static class TraceJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default, Indented = false };

    /// <summary>Formats the trace as JSON in ASCII.</summary>
    public static string Serialize(Trace trace)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("title", Text(trace.Title));
            json.WriteString("command", Text(trace.Command));
            json.WritePropertyName("nodes");
            WriteNames(json, trace.Nodes);
            json.WritePropertyName("clients");
            WriteNames(json, trace.Clients);
            json.WriteStartArray("events");
            foreach (var traced in trace.Events) WriteEvent(json, traced);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteEvent(Utf8JsonWriter json, TraceEvent traced)
    {
        json.WriteStartArray();
        switch (traced)
        {
            case MessageTraveled e:
                Begin(json, "message", e);
                WriteTexts(json, e.To, e.Kind, e.Detail);
                WriteTime(json, e.Arrival);
                json.WriteStringValue(Name(e.Fate));
                break;
            case NodeChanged e:
                Begin(json, "node", e);
                WriteNode(json, e);
                break;
            case MachineUpOrDown e:
                Begin(json, "power", e);
                json.WriteBooleanValue(e.IsUp);
                WriteTexts(json, e.Why);
                break;
            case FaultLasted e:
                Begin(json, "fault", e);
                WriteTexts(json, e.Kind, e.Text);
                WriteTime(json, e.Until);
                WriteNames(json, e.CutLinks.SelectMany(link => new[] { link.From, link.To }));
                break;
            case Noted e:
                Begin(json, "note", e);
                WriteTexts(json, e.Text);
                break;
            case OperationLasted e:
                Begin(json, "operation", e);
                WriteTexts(json, e.Call, e.Outcome);
                WriteTime(json, e.Until);
                break;
            case PropertyViolated e:
                Begin(json, "violation", e);
                WriteTexts(json, e.Check, e.Source, e.Fact, e.Contradiction);
                break;
            default:
                throw new ArgumentException($"no way to draw a {traced.GetType().Name}", nameof(traced));
        }

        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, string kind, TraceEvent traced)
    {
        json.WriteStringValue(kind);
        json.WriteNumberValue(traced.At.Ticks);
        json.WriteStringValue(Text(traced.Machine));
    }

    private static void WriteNode(Utf8JsonWriter json, NodeChanged node)
    {
        json.WriteStringValue(Name(node.Role));
        json.WriteNumberValue(node.Term);
        WriteTexts(json, node.VotedFor, node.Leader);
        json.WriteNumberValue(node.CommitIndex);
        json.WriteNumberValue(node.LastApplied);
        json.WriteNumberValue(node.DurableIndex);
        json.WriteNumberValue(node.KeptUpTo);
        json.WriteStartArray();
        foreach (var entry in node.Appended)
        {
            json.WriteStartArray();
            json.WriteNumberValue(entry.Index);
            json.WriteNumberValue(entry.Term);
            json.WriteStringValue(Text(entry.Text));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts) json.WriteStringValue(Text(text));
    }

    private static void WriteNames(Utf8JsonWriter json, IEnumerable<string> names)
    {
        json.WriteStartArray();
        foreach (var name in names) json.WriteStringValue(Text(name));
        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, TimeSpan? time)
    {
        if (time is { } known) json.WriteNumberValue(known.Ticks);
        else json.WriteNullValue();
    }

    /// <summary>JSON can't represent half surrogates, which a command may contain.</summary>
    private static string? Text(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Name(MessageFate fate) => fate switch
    {
        MessageFate.Delivered => "delivered",
        MessageFate.Lost => "lost",
        MessageFate.Cut => "cut",
        MessageFate.ReceiverDown => "receiver down",
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
    };

    private static string Name(RaftRole role) => role switch
    {
        RaftRole.Follower => "follower",
        RaftRole.Candidate => "candidate",
        RaftRole.Leader => "leader",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
