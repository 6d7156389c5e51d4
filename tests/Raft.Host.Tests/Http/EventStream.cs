using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Raft.Host.Tests.Http;

/// <summary>A reader of <c>/api/events</c>.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(CancellationTokenSource timeout, HttpResponseMessage answer, Stream stream)
    {
        _timeout = timeout;
        _answer = answer;
        _events = SseParser.Create(stream).EnumerateAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);
    }

    public static async Task<EventStream> OpenAsync(HttpClient http, string url)
    {
        var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answer = await http.GetAsync($"{url}/api/events", HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        answer.EnsureSuccessStatusCode();
        return new EventStream(timeout, answer, await answer.Content.ReadAsStreamAsync(timeout.Token));
    }

    /// <summary>Returns the next event; null if the stream has ended.</summary>
    public async Task<(string Kind, JsonElement Data)?> NextAsync() => await _events.MoveNextAsync()
        ? (_events.Current.EventType, JsonSerializer.Deserialize<JsonElement>(_events.Current.Data))
        : null;

    /// <summary>Returns the next event of a kind that meets a condition.</summary>
    public async Task<JsonElement> NextAsync(string kind, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            var (read, data) = await NextAsync() ?? throw new EndOfStreamException("The events have ended.");
            if (read == kind && isIt(data)) return data;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timeout.CancelAsync();
        _answer.Dispose();
        _timeout.Dispose();
    }
}
