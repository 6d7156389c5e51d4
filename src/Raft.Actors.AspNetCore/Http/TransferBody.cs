using System.Text.Json;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The body of a transfer request: <c>{"to":"n2"}</c>. With <c>{}</c> or no body, the leader chooses the node.</summary>
internal static class TransferBody
{
    private const string To = "to";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads the new leader; null if the leader is to choose it.</summary>
    /// <exception cref="RequestProblemException">The body is not a valid object.</exception>
    public static NodeId? TargetOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return null;
        using var json = Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw Bad("The body must be a JSON object: {\"to\":\"n2\"}, or {} to let the leader choose the node.");
        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (field.Name != To)
                throw Bad($"The body has the unknown field '{field.Name}'. Only \"to\", the name of a node, is allowed.");
        }

        return json.RootElement.TryGetProperty(To, out var target) ? NodeOf(target) : null;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException)
        {
            throw Bad("The body is not valid JSON. Send {\"to\":\"n2\"}, or an empty body to let the leader choose the node.");
        }
    }

    private static NodeId? NodeOf(JsonElement target)
    {
        if (target.ValueKind == JsonValueKind.Null) return null;
        if (target.ValueKind != JsonValueKind.String) throw Bad("\"to\" must be a string, the name of a node such as \"n2\".");
        try
        {
            return NodeId.Parse(target.GetString()!);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw Bad(e is FormatException ? e.Message : "\"to\" is not valid UTF-16. Use the name of a node such as \"n2\".");
        }
    }

    private static RequestProblemException Bad(string detail) => RequestProblemException.BadRequest("Invalid body", detail);
}
