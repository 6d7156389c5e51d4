using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// Reads the key from the URL: everything between <c>/kv/</c> and the query, percent-decoded once as UTF-8. So <c>a/b</c> and
/// <c>a%2Fb</c> are the same key, <c>a%252Fb</c> is <c>a%2Fb</c>, and trailing or repeated slashes belong to the key. The key
/// comes from the request line, because ASP.NET Core's path leaves <c>%2F</c> encoded and decodes <c>%252F</c> to the same.
/// </summary>
internal static class KeyPath
{
    /// <summary>The rule, for the documentation of the API.</summary>
    public const string Rule =
        "The key is everything after `/kv/`, percent-decoded once as UTF-8: `a/b` and `a%2Fb` are the same key, and trailing "
        + "or repeated slashes belong to it. `.` and `..` between slashes are rejected; encode such slashes as `%2F`. 1 to "
        + "1024 bytes.";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the key.</summary>
    /// <exception cref="RequestProblemException">The key is missing or invalid.</exception>
    public static string KeyOf(HttpRequest request)
    {
        var path = RawPath(request);
        var before = Before(request);
        if (path.Length <= before.Length || !path.StartsWith(before, StringComparison.OrdinalIgnoreCase))
            throw BadKey($"The key is empty. Name a key, as in {before}KEY.");

        var encoded = path[before.Length..];
        if (encoded.Split('/').Any(IsDots))
            throw BadKey("A URL can't contain . or .. between two slashes. Encode the slashes of the key as %2F.");

        var key = Decode(encoded);
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > KeyValueStore.MaxKeyBytes)
            throw RequestProblemException.TooLarge(
                "Key too large", $"The key has {bytes} bytes. The limit is {KeyValueStore.MaxKeyBytes}.");
        return KeyValueStore.IsValidKey(key, out var problem) ? key : throw BadKey(problem!);
    }

    /// <summary>Returns whether the path ends with a slash.</summary>
    public static bool EndsWithSlash(HttpRequest request) => RawPath(request).EndsWith('/');

    /// <summary>
    /// Returns the path before the key: the base path, if the request has it, and the route up to its parameter.
    /// </summary>
    private static string Before(HttpRequest request)
    {
        var route = ((RouteEndpoint)request.HttpContext.GetEndpoint()!).RoutePattern.RawText!;
        return $"{request.PathBase}{route[..route.IndexOf('{', StringComparison.Ordinal)]}";
    }

    private static string RawPath(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var scheme = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && target.IndexOf('/', scheme + 3) is var start and >= 0) target = target[start..];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    private static bool IsDots(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";

    private static string Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        var count = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '%')
            {
                bytes[count++] = char.IsAscii(encoded[i]) ? (byte)encoded[i] : throw NotUtf8();
                continue;
            }

            if (i + 2 >= encoded.Length || !TryHex(encoded.AsSpan(i + 1, 2), out bytes[count]))
                throw BadKey("A % in the key is not followed by two hexadecimal digits. Encode the character % as %25.");
            count++;
            i += 2;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8();
        }
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static RequestProblemException NotUtf8() =>
        BadKey("The key is not valid UTF-8. Percent-encode its UTF-8 bytes.");

    private static RequestProblemException BadKey(string detail) =>
        RequestProblemException.BadRequest("Invalid key", detail);
}
