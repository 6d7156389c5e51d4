using System.Globalization;
using Microsoft.OpenApi;
using Raft.Actors.Protocol;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The headers of a read's answer: how it was read, and how far it reaches.</summary>
internal static class ReadHeaders
{
    /// <summary>The headers for the API's document.</summary>
    public static Dictionary<string, OpenApiHeader> Document => new()
    {
        [ApiNames.ConsistencyHeader] = new OpenApiHeader
        {
            Description = "How it was read, as `consistency` asked; `stale` warns that later writes may be missing.",
            Schema = ApiDocument.Text(),
        },
        [ApiNames.IndexHeader] = new OpenApiHeader
        {
            Description = "The last log index that the answer reflects. Also on 404 and 304.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        },
    };

    /// <summary>Writes them, before the answer begins.</summary>
    public static void Write(HttpResponse response, ReadConsistency consistency, long index)
    {
        response.Headers[ApiNames.ConsistencyHeader] = ConsistencyName.Of(consistency);
        response.Headers[ApiNames.IndexHeader] = index.ToString(CultureInfo.InvariantCulture);
    }
}
