using System.Text.Json;
using Raft.Actors.Protocol;

namespace Raft.Host.Http;

/// <summary>The body of a request for a transfer: <c>{"to":"n2"}</c>; <c>{}</c> or nothing leaves the choice to the leader.</summary>
internal static class TransferBody
{
    private const string To = "to";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads the node that is to lead; null for the one that is best placed.</summary>
    /// <exception cref="RequestProblemException">The body is not such an object.</exception>
    public static NodeId? TargetOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return null;
        using var json = Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw Bad("The body must be a JSON object: {\"to\":\"n2\"}, or {} for the node that is best placed.");
        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (field.Name != To)
                throw Bad($"The body has the unknown field '{field.Name}'; it may only have \"to\", the name of a node.");
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
            throw Bad("The body is not valid JSON; write {\"to\":\"n2\"}, or leave it empty for the node that is best placed.");
        }
    }

    private static NodeId? NodeOf(JsonElement target)
    {
        if (target.ValueKind == JsonValueKind.Null) return null;
        if (target.ValueKind != JsonValueKind.String) throw Bad("\"to\" must be a text, the name of a node such as \"n2\".");
        try
        {
            return NodeId.Parse(target.GetString()!);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw Bad(e is FormatException ? e.Message : "\"to\" is not valid UTF-16; write the name of a node such as \"n2\".");
        }
    }

    private static RequestProblemException Bad(string detail) => RequestProblemException.BadRequest("Invalid body", detail);
}
