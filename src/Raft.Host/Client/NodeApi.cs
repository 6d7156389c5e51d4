using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Api;

namespace Raft.Host.Client;

/// <summary>
/// The HTTP API of a running node, for the commands. They use default paths; the base path of the node comes from its URL, and
/// the prefix of its API from <c>RAFT_API_PREFIX</c>.
/// </summary>
internal sealed class NodeApi : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly Uri _node;
    private readonly string _prefix;
    private readonly HttpClient _http;

    /// <param name="node">The URL of the dashboard.</param>
    /// <param name="prefix">The path prefix of the API, relative to the dashboard.</param>
    public NodeApi(Uri node, string prefix = ApiOptions.DefaultPrefix)
    {
        _node = node;
        _prefix = prefix;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !node.IsLoopback })
        {
            BaseAddress = new UriBuilder(node) { Path = $"{node.AbsolutePath.TrimEnd('/')}/", Query = "" }.Uri,
            Timeout = Timeout,
        };
    }

    /// <summary>The JSON format of the API.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Sends a GET request for JSON.</summary>
    /// <returns>The text of the response.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a read, and warns on standard error if the response is stale.</summary>
    /// <returns>A successful response with its complete body.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public async Task<HttpResponseMessage> ReadAsync(string path, TextWriter error, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (HeaderOf(answer, ApiNames.ConsistencyHeader) == ConsistencyName.Stale)
            await error.WriteLineAsync(
                $"This value may be stale: it is the node's state at index {HeaderOf(answer, ApiNames.IndexHeader)}, and later "
                + "writes may be missing.").ConfigureAwait(false);
        return answer;
    }

    /// <summary>Returns a header of a response; null if it is missing.</summary>
    public static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>Sends a GET request and parses the JSON response.</summary>
    /// <returns>The parsed response and its text.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public async Task<(T Answer, string Text)> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        var text = await GetTextAsync(path, cancellationToken).ConfigureAwait(false);
        return (Parse<T>(text), text);
    }

    /// <summary>Sends a GET request for a streamed body.</summary>
    /// <returns>A successful response whose body is still arriving.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request.</summary>
    /// <returns>A successful response with its complete body.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            request.RequestUri = Here(request.RequestUri!.OriginalString);
            var answer = await _http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer) throw await RefusalAsync(request, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(request, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"{_node} did not respond within {Timeout.TotalSeconds} s{Fate(request)}.", CodeOf(request));
        }
    }

    /// <summary>Parses JSON of the API.</summary>
    /// <exception cref="CommandFailedException">The text is not a response of a node.</exception>
    public T Parse<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) ?? throw NoNode();
        }
        catch (JsonException)
        {
            throw NoNode();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Maps a default path to this node, relative to its dashboard.</summary>
    private Uri Here(string path)
    {
        const string Usual = $"{ApiOptions.DefaultPrefix}/";
        var own = path.StartsWith(Usual, StringComparison.Ordinal) ? $"{_prefix}/{path[Usual.Length..]}" : path;
        return new Uri(own.TrimStart('/'), UriKind.Relative);
    }

    private async Task<CommandFailedException> RefusalAsync(
        HttpRequestMessage request, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            // A proxy that lost its node responds like this, and the node may have applied the write.
            var isKnown = status < StatusCodes.Status500InternalServerError || request.Method == HttpMethod.Get;
            return isKnown
                ? new CommandFailedException($"{_node} responded with status {status} and no reason. Is it a raft node?")
                : new CommandFailedException(
                    $"{_node} responded with status {status} and no reason{Fate(request)}.", ExitCode.OutcomeUnknown);
        }

        var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var problem = Parse<ProblemDetails>(body);
        return new CommandFailedException(
            problem.Detail ?? problem.Title ?? $"the node responded with status {status}",
            problem.Title == ApiNames.OutcomeUnknown ? ExitCode.OutcomeUnknown : CodeOf(status));
    }

    private CommandFailedException Unreachable(HttpRequestMessage request, HttpRequestException e)
    {
        var neverSent = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        return neverSent
            ? new CommandFailedException(
                $"no node responds at {_node} ({e.Message}). Start one with 'raft dev', or name another one with --node URL.",
                ExitCode.NotReachable)
            : new CommandFailedException($"the connection to {_node} broke ({e.Message}){Fate(request)}.", CodeOf(request));
    }

    /// <summary>Returns the exit code for a request that was sent but got no response.</summary>
    private static int CodeOf(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? ExitCode.NotReachable : ExitCode.OutcomeUnknown;

    private static int CodeOf(int status) => status is StatusCodes.Status429TooManyRequests
        or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout
        ? ExitCode.NotNow
        : ExitCode.Failed;

    private CommandFailedException NoNode() => new($"{_node} sent an invalid response. Is it a raft node?");

    /// <summary>
    /// Describes the outcome of a request without a response. It is unknown, unless the request changes nothing.
    /// </summary>
    private static string Fate(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? ""
        : request.Method == HttpMethod.Post ? "; the request may or may not have been carried out. Check raft status before "
            + "you repeat it"
        : "; the write may or may not have been applied. Read the key before you repeat it";
}

/// <summary>A command failed. The message is one line for the user.</summary>
/// <param name="message">What went wrong and what to do.</param>
/// <param name="exitCode">The exit code of the command.</param>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>The exit code of the command.</summary>
    public int ExitCode { get; } = exitCode;
}
