using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Reads the parameters of a query. One without a value counts as not given.</summary>
internal static class QueryParameters
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>A text; empty where it is not given.</summary>
    /// <exception cref="RequestProblemException">It is given twice.</exception>
    public static string Text(HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count < 2
            ? values.ToString()
            : throw Bad(name, $"{name} is given {values.Count} times; give it once.");
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="RequestProblemException">It is no number, or out of range.</exception>
    public static long Number(HttpRequest request, string name, long otherwise, long min, long max)
    {
        var text = Text(request, name);
        if (text.Length == 0) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw Bad(name, $"{name} is '{text}'; it must be a whole number from {min} to {max}.");
    }

    /// <summary>The node that is asked for; null where none is named.</summary>
    /// <exception cref="RequestProblemException">It is no node's name.</exception>
    public static NodeId? Node(HttpRequest request)
    {
        var text = Text(request, "node");
        try
        {
            return text.Length == 0 ? null : NodeId.Parse(text);
        }
        catch (FormatException e)
        {
            throw Bad("node", e.Message);
        }
    }

    /// <summary>How fresh an answer must be.</summary>
    /// <exception cref="RequestProblemException">The consistency is not known.</exception>
    public static ReadConsistency Consistency(HttpRequest request)
    {
        var name = Text(request, "consistency");
        if (name.Length == 0) return ReadConsistency.Linearizable;
        return ConsistencyName.Parse(name) ?? throw Bad(
            "consistency", $"consistency is '{name}'; it must be linearizable, lease, follower or stale.");
    }

    /// <summary>The key that a page begins after; empty for the first page.</summary>
    /// <exception cref="RequestProblemException">The cursor is not one that <see cref="CursorAfter"/> made.</exception>
    public static string AfterCursor(HttpRequest request)
    {
        var cursor = Text(request, "cursor");
        if (cursor.Length == 0) return "";
        try
        {
            var key = StrictUtf8.GetString(Base64Url.DecodeFromChars(cursor));
            if (KeyValueStore.IsValidKey(key, out _)) return key;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            // Answered below, as a cursor of another key is.
        }

        throw Bad("cursor", "The cursor is not valid; give the cursor of the page before, or none for the first page.");
    }

    /// <summary>The opaque form of the last key of a page.</summary>
    public static string? CursorAfter(string? key) =>
        key is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static RequestProblemException Bad(string name, string detail) =>
        RequestProblemException.BadRequest($"Invalid {name}", detail);
}
