using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The response headers of a read: its consistency, and the index that it reflects.</summary>
internal static class ReadHeaders
{
    /// <summary>The headers, for the documentation of the API.</summary>
    public static Dictionary<string, OpenApiHeader> Document => new()
    {
        [ApiNames.ConsistencyHeader] = new OpenApiHeader
        {
            Description = "The consistency of the read. `stale` warns that later writes may be missing.",
            Schema = ApiDocument.Text(),
        },
        [ApiNames.IndexHeader] = new OpenApiHeader
        {
            Description = "The last log index that the response reflects. Also sent with 404 and 304.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        },
    };

    /// <summary>Sets the headers, before the response starts.</summary>
    public static void Write(HttpResponse response, ReadConsistency consistency, long index)
    {
        response.Headers[ApiNames.ConsistencyHeader] = ConsistencyName.Of(consistency);
        response.Headers[ApiNames.IndexHeader] = index.ToString(CultureInfo.InvariantCulture);
    }
}
