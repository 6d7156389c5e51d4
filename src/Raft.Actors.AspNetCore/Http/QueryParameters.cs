using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Reads query parameters. A parameter without a value counts as missing.</summary>
internal static class QueryParameters
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a text; empty if it is missing.</summary>
    /// <exception cref="RequestProblemException">The parameter is given more than once.</exception>
    public static string Text(HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count < 2
            ? values.ToString()
            : throw Bad(name, $"{name} is given {values.Count} times. Use it once.");
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="RequestProblemException">The value is not a number, or out of range.</exception>
    public static long Number(HttpRequest request, string name, long otherwise, long min, long max)
    {
        var text = Text(request, name);
        if (text.Length == 0) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw Bad(name, $"{name} is '{text}'; it must be a whole number from {min} to {max}.");
    }

    /// <summary>Reads the node to query; null if the parameter is missing.</summary>
    /// <exception cref="RequestProblemException">The value is not a valid node id.</exception>
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

    /// <summary>Reads the consistency of a read.</summary>
    /// <exception cref="RequestProblemException">The consistency is unknown.</exception>
    public static ReadConsistency Consistency(HttpRequest request)
    {
        var name = Text(request, "consistency");
        if (name.Length == 0) return ReadConsistency.Linearizable;
        return ConsistencyName.Parse(name) ?? throw Bad(
            "consistency", $"consistency is '{name}'; it must be linearizable, lease, follower or stale.");
    }

    /// <summary>Reads the key after which a page starts; empty for the first page.</summary>
    /// <exception cref="RequestProblemException">The cursor was not created by <see cref="CursorAfter"/>.</exception>
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
            // Falls through to the same error as a cursor for another key.
        }

        throw Bad("cursor", "The cursor is invalid. Use the cursor of the previous page, or omit it for the first page.");
    }

    /// <summary>Returns the opaque form of the last key of a page.</summary>
    public static string? CursorAfter(string? key) =>
        key is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static RequestProblemException Bad(string name, string detail) =>
        RequestProblemException.BadRequest($"Invalid {name}", detail);
}
