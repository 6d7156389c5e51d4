using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>
/// Checks JSON against a schema. Stricter than JSON Schema: an undocumented property is a problem too, since no client
/// can know of it.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>Returns the problems, each with its location.</summary>
    public static IEnumerable<string> Problems(JsonNode? json, IOpenApiSchema schema, string at = "$")
    {
        if (schema.OneOf is { Count: > 0 } choices)
        {
            var tried = choices.Select(choice => Problems(json, choice, at).ToArray()).ToArray();
            return tried.Any(t => t.Length == 0) ? [] : tried[^1];
        }

        var kind = json?.GetValueKind() ?? JsonValueKind.Null;
        var type = TypeOf(json, kind);
        if (schema.Type is { } allowed && !IsAllowed(type, allowed))
            return [$"{at} is {type}, documented as {allowed}"];
        if (schema.Enum is { Count: > 0 } names && !names.Any(name => JsonNode.DeepEquals(name, json)))
            return [$"{at} is {json}, which is none of {string.Join(", ", names)}"];
        return kind switch
        {
            JsonValueKind.Object => OfObject(json!.AsObject(), schema, at),
            JsonValueKind.Array => json!.AsArray().SelectMany((item, i) => Problems(item, schema.Items!, $"{at}[{i}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonObject json, IOpenApiSchema schema, string at)
    {
        foreach (var name in schema.Required ?? new HashSet<string>())
        {
            if (!json.ContainsKey(name)) yield return $"{at} has no {name}";
        }

        foreach (var (name, value) in json)
        {
            var own = schema.Properties?.TryGetValue(name, out var named) == true ? named : schema.AdditionalProperties;
            if (own is null) yield return $"{at}.{name} is not documented";
            foreach (var problem in own is null ? [] : Problems(value, own, $"{at}.{name}")) yield return problem;
        }
    }

    private static bool IsAllowed(JsonSchemaType type, JsonSchemaType allowed) =>
        allowed.HasFlag(type) || (type == JsonSchemaType.Integer && allowed.HasFlag(JsonSchemaType.Number));

    private static JsonSchemaType TypeOf(JsonNode? json, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => JsonSchemaType.Object,
        JsonValueKind.Array => JsonSchemaType.Array,
        JsonValueKind.String => JsonSchemaType.String,
        JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
        JsonValueKind.Number => json!.ToJsonString().All(c => char.IsDigit(c) || c == '-')
            ? JsonSchemaType.Integer
            : JsonSchemaType.Number,
        _ => JsonSchemaType.Null,
    };
}
