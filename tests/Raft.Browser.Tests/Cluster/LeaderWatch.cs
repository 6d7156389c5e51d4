using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Raft.Browser.Tests.Cluster;

/// <summary>
/// Another client: subscribes to the events of all nodes and records when the first of them reports a new leader.
/// </summary>
internal sealed class LeaderWatch : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, double> _told = [];
    private readonly Task _reading;

    private LeaderWatch(IEnumerable<Uri> nodes) => _reading = Task.WhenAll(nodes.Select(FollowAsync));

    /// <summary>"n2 7" for a node that leads in a term, and the milliseconds since 1970 when its event arrived.</summary>
    public IReadOnlyDictionary<string, double> Told
    {
        get
        {
            lock (_told) return new Dictionary<string, double>(_told);
        }
    }

    /// <summary>Subscribes.</summary>
    public static LeaderWatch Start(IEnumerable<Uri> nodes) => new(nodes);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _http.Dispose();
    }

    private async Task FollowAsync(Uri node)
    {
        await using var stream = await _http.GetStreamAsync(new Uri(node, "api/events"), _end.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(_end.Token))
        {
            if (item.EventType == "transition") Note(JsonDocument.Parse(item.Data).RootElement);
        }
    }

    private void Note(JsonElement transition)
    {
        string? Text(string field) => transition.GetProperty(field).GetString();
        if (Text("kind") != "role" || Text("role") != "leader") return;
        var leader = $"{Text("nodeId")} {transition.GetProperty("term").GetInt64()}";
        var at = (transition.GetProperty("at").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        lock (_told) _told[leader] = Math.Min(at, _told.GetValueOrDefault(leader, double.MaxValue));
    }
}
