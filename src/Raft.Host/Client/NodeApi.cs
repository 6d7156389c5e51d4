using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Raft.Host.Api;

namespace Raft.Host.Client;

/// <summary>
/// The HTTP API of a running node, as the commands use it. They name paths as they are by default; the node's own base path comes
/// from its URL, and its prefix from <c>RAFT_API_PREFIX</c>.
/// </summary>
internal sealed class NodeApi : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly Uri _node;
    private readonly string _prefix;
    private readonly HttpClient _http;

    /// <param name="node">Where the node's page is.</param>
    /// <param name="prefix">Where its API is, beside the page.</param>
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

    /// <summary>How the API writes JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Asks for JSON.</summary>
    /// <returns>The answer's text.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads at a consistency, and warns on standard error where the answer is stale.</summary>
    /// <returns>An answer with a status of success and its whole body.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
    public async Task<HttpResponseMessage> ReadAsync(string path, TextWriter error, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (HeaderOf(answer, ApiNames.ConsistencyHeader) == ConsistencyName.Stale)
            await error.WriteLineAsync(
                $"This answer is stale: it is the node's own state at index {HeaderOf(answer, ApiNames.IndexHeader)}, and later "
                + "writes may be missing.").ConfigureAwait(false);
        return answer;
    }

    /// <summary>A header of an answer; null where it is not there.</summary>
    public static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>Asks for JSON and reads it.</summary>
    /// <returns>The answer, and its text as it came.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
    public async Task<(T Answer, string Text)> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        var text = await GetTextAsync(path, cancellationToken).ConfigureAwait(false);
        return (Parse<T>(text), text);
    }

    /// <summary>Asks for a body that comes bit by bit.</summary>
    /// <returns>An answer with a status of success, whose body has only begun.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request.</summary>
    /// <returns>An answer with a status of success and its whole body.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
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
                $"{_node} did not answer within {Timeout.TotalSeconds} s{Fate(request)}.", CodeOf(request));
        }
    }

    /// <summary>Reads JSON of the API.</summary>
    /// <exception cref="CommandFailedException">It is not what a node answers.</exception>
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

    /// <summary>A path as this node has it, relative to its page.</summary>
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
            // A proxy speaks so of a node that it lost, which may have done the write.
            var isKnown = status < StatusCodes.Status500InternalServerError || request.Method == HttpMethod.Get;
            return isKnown
                ? new CommandFailedException($"{_node} answered {status} without saying why; is it a raft node?")
                : new CommandFailedException($"{_node} answered {status} without saying why{Fate(request)}.", ExitCode.OutcomeUnknown);
        }

        var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var problem = Parse<ProblemDetails>(body);
        return new CommandFailedException(
            problem.Detail ?? problem.Title ?? $"the node answered {status}",
            problem.Title == ApiNames.OutcomeUnknown ? ExitCode.OutcomeUnknown : CodeOf(status));
    }

    private CommandFailedException Unreachable(HttpRequestMessage request, HttpRequestException e)
    {
        var neverSent = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        return neverSent
            ? new CommandFailedException(
                $"no node answers at {_node} ({e.Message}); start one with 'raft dev', or name another with --node URL.",
                ExitCode.NotReachable)
            : new CommandFailedException($"the connection to {_node} broke ({e.Message}){Fate(request)}.", CodeOf(request));
    }

    /// <summary>What a request ends with that was sent and never answered.</summary>
    private static int CodeOf(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? ExitCode.NotReachable : ExitCode.OutcomeUnknown;

    private static int CodeOf(int status) => status is StatusCodes.Status429TooManyRequests
        or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout
        ? ExitCode.NotNow
        : ExitCode.Failed;

    private CommandFailedException NoNode() => new($"{_node} gave an answer that can't be read; is it a raft node?");

    /// <summary>A request whose answer did not come has an unknown outcome, unless it was to change nothing.</summary>
    private static string Fate(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? ""
        : request.Method == HttpMethod.Post ? "; it may or may not have been done, so see raft status before you repeat it"
        : "; the write may or may not have been done, so read before you repeat it";
}

/// <summary>A command can't do what it was asked to. The message is one line for the person at the terminal.</summary>
/// <param name="message">What went wrong and what to do.</param>
/// <param name="exitCode">What the command ends with.</param>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>What the command ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
