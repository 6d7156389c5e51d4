using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Tests.Processes;

namespace Raft.Browser.Tests.Cluster;

/// <summary>A cluster as <c>raft dev</c> makes it, in a process of its own.</summary>
internal sealed class DevCluster : IAsyncDisposable
{
    private const int Nodes = 3;

    private readonly TempFolder _data = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly int _firstPort = RaftProcess.FreePorts(Nodes);
    private RaftProcess? _process;

    /// <summary>Where its first node answers.</summary>
    public Uri Url => Urls[0];

    /// <summary>Where each node answers.</summary>
    public IReadOnlyList<Uri> Urls =>
        [.. Enumerable.Range(_firstPort, Nodes).Select(port => new Uri($"http://localhost:{port}/"))];

    /// <summary>Starts it, on the data that it had before if any, and waits until a node leads.</summary>
    public async Task StartAsync() => _process = await RaftProcess.StartAsync(
        "The nodes listen on", ["dev", "--nodes", $"{Nodes}", "--data", _data.Path, "--port", $"{_firstPort}"]);

    /// <summary>Ends the process as a crash would.</summary>
    public async Task KillAsync() => await _process!.DisposeAsync();

    /// <summary>The node that leads; waits for one.</summary>
    public async Task<string> LeaderAsync()
    {
        while (true)
        {
            var cluster = await _http.GetFromJsonAsync<JsonElement>(new Uri(Url, "api/cluster"));
            var leaders = cluster.GetProperty("nodes").EnumerateArray()
                .Select(node => node.GetProperty("status"))
                .Where(status => status.ValueKind == JsonValueKind.Object && status.GetProperty("role").GetString() == "leader")
                .ToArray();
            if (leaders.Length > 0)
                return leaders.MaxBy(status => status.GetProperty("term").GetInt64()).GetProperty("nodeId").GetString()!;
        }
    }

    /// <summary>A node that does not lead.</summary>
    public async Task<string> FollowerAsync() => await LeaderAsync() == "n3" ? "n2" : "n3";

    /// <summary>Hands the leadership over.</summary>
    public async Task TransferAsync(string to)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Url, "api/leadership/transfer"), new { to });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Writes a key as another client would.</summary>
    public async Task PutAsync(string key, byte[] value)
    {
        using var answer = await _http.PutAsync(KeyUrl(key), new ByteArrayContent(value));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What a key has.</summary>
    public Task<string> GetAsync(string key) => _http.GetStringAsync(KeyUrl(key));

    /// <summary>Cuts the link between two nodes.</summary>
    public async Task CutAsync(string a, string b)
    {
        using var answer = await _http.PutAsync(new Uri(Url, $"api/dev/links/{a}/{b}"), content: null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Undoes all faults.</summary>
    public async Task HealAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri(Url, "api/dev/faults"));
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _http.Dispose();
        _data.Dispose();
    }

    private Uri KeyUrl(string key) => new(Url, $"api/kv/{Uri.EscapeDataString(key)}");
}
