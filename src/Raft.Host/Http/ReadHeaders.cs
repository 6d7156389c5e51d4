using System.Globalization;
using Microsoft.OpenApi;
using Raft.Actors.Protocol;

namespace Raft.Host.Http;

/// <summary>The headers of a read's answer: how it was read, and how far it reaches.</summary>
internal static class ReadHeaders
{
    /// <summary>How it was read: <c>linearizable</c>, <c>lease</c>, <c>follower</c> or <c>stale</c>.</summary>
    public const string Consistency = "Raft-Consistency";

    /// <summary>The last log index that the answer reflects.</summary>
    public const string Index = "Raft-Index";

    /// <summary>The headers for the API's document.</summary>
    public static Dictionary<string, OpenApiHeader> Document => new()
    {
        [Consistency] = new OpenApiHeader
        {
            Description = "How it was read, as `consistency` asked; `stale` warns that later writes may be missing.",
            Schema = ApiDocument.Text(),
        },
        [Index] = new OpenApiHeader
        {
            Description = "The last log index that the answer reflects. Also on 404 and 304.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        },
    };

    /// <summary>Writes them, before the answer begins.</summary>
    public static void Write(HttpResponse response, ReadConsistency consistency, long index)
    {
        response.Headers[Consistency] = ConsistencyName.Of(consistency);
        response.Headers[Index] = index.ToString(CultureInfo.InvariantCulture);
    }
}
