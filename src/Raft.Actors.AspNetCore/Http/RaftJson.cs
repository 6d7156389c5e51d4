using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The JSON of the API, which does not depend on the JSON options of the service that embeds the group.</summary>
internal static class RaftJson
{
    private static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Creates a successful response.</summary>
    public static JsonHttpResult<T> Answer<T>(T answer, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(answer, Options, statusCode: status);

    /// <summary>Serializes the data of an event.</summary>
    public static string Text(object data) => JsonSerializer.Serialize(data, data.GetType(), Options);

    /// <summary>Sets the options: numbers are JSON numbers, and text is escaped no more than JSON requires.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
