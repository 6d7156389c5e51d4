using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// The headers of a conditional write (RFC 9110 §13.1): <c>If-Match: REVISION</c>, bare or in quotes, and <c>If-None-Match:
/// *</c>. A condition that can't be honoured is rejected, never ignored.
/// </summary>
internal static class RequestConditions
{
    /// <summary>Reads the condition of a write.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mayCreate">Whether <c>If-None-Match: *</c> is allowed.</param>
    /// <exception cref="RequestProblemException">A header is invalid.</exception>
    public static WriteCondition Of(HttpRequest request, bool mayCreate)
    {
        var headers = request.Headers;
        var match = headers.IfMatch;
        var noneMatch = headers.IfNoneMatch;
        if (match.Count > 0 && noneMatch.Count > 0)
            throw BadCondition("If-Match and If-None-Match exclude each other. Use only one of them.");
        if (match.Count > 0) return WriteCondition.Revision(Revision(match));
        if (noneMatch.Count == 0) return WriteCondition.None;
        if (!mayCreate) throw BadCondition("If-None-Match is allowed for PUT only. Use If-Match: REVISION here.");
        return noneMatch.ToString().Trim() == "*"
            ? WriteCondition.Absent
            : throw BadCondition(
                $"If-None-Match is '{noneMatch}'. For a write it must be *, which creates the key and never replaces it.");
    }

    private static long Revision(StringValues header)
    {
        var text = header.ToString().Trim();
        var digits = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw BadCondition(
                $"If-Match is '{text}'; it must be one revision, such as 12 or \"12\". For a key that must not exist, use "
                + "If-None-Match: *.");
    }

    private static RequestProblemException BadCondition(string detail) =>
        RequestProblemException.BadRequest("Invalid condition", detail);
}
