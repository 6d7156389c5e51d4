using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Tests.Processes;

namespace Raft.Browser.Tests.Cluster;

/// <summary>A cluster of <c>raft dev</c>, in a separate process.</summary>
internal sealed class DevCluster : IAsyncDisposable
{
    private const int Nodes = 3;

    private readonly TempFolder _data = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly int _firstPort = RaftProcess.FreePorts(Nodes);
    private RaftProcess? _process;

    /// <summary>The address of the first node.</summary>
    public Uri Url => Urls[0];

    /// <summary>The address of each node.</summary>
    public IReadOnlyList<Uri> Urls =>
        [.. Enumerable.Range(_firstPort, Nodes).Select(port => new Uri($"http://localhost:{port}/"))];

    /// <summary>Starts it, with its previous data if there is any, and waits until a node leads.</summary>
    public async Task StartAsync() => _process = await RaftProcess.StartAsync(
        "The nodes listen on", ["dev", "--nodes", $"{Nodes}", "--data", _data.Path, "--port", $"{_firstPort}"]);

    /// <summary>Kills the process, like a crash.</summary>
    public async Task KillAsync() => await _process!.DisposeAsync();

    /// <summary>Returns the leader; waits until there is one.</summary>
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

    /// <summary>Returns a node that is not the leader.</summary>
    public async Task<string> FollowerAsync() => await LeaderAsync() == "n3" ? "n2" : "n3";

    /// <summary>Transfers the leadership.</summary>
    public async Task TransferAsync(string to)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Url, "api/leadership/transfer"), new { to });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Writes a key, like another client.</summary>
    public async Task PutAsync(string key, byte[] value)
    {
        using var answer = await _http.PutAsync(KeyUrl(key), new ByteArrayContent(value));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Returns the value of a key.</summary>
    public Task<string> GetAsync(string key) => _http.GetStringAsync(KeyUrl(key));

    /// <summary>Cuts the link between two nodes.</summary>
    public async Task CutAsync(string a, string b)
    {
        using var answer = await _http.PutAsync(new Uri(Url, $"api/dev/links/{a}/{b}"), content: null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends all faults.</summary>
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
