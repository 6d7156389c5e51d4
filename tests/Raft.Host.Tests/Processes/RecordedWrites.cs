using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>Writes through all nodes from many clients, and records attempts and acknowledgements.</summary>
internal sealed class RecordedWrites(HttpClient http, IReadOnlyList<string> urls)
{
    private const int Clients = 12;
    private const int ValueBytes = 700;

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();

    public int Acknowledged => _acknowledged.Count(w => w.Value);

    /// <summary>
    /// Keeps writing until <paramref name="enough"/> writes are acknowledged, then calls <paramref name="strike"/> with others
    /// under way.
    /// </summary>
    public async Task WriteUntilAsync(string prefix, int enough, Func<Task> strike)
    {
        using var stop = new CancellationTokenSource();
        var struck = new TaskCompletionSource();
        var acknowledged = 0;

        async Task Client(int client)
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var key = $"{prefix}-{client}-{i}";
                _acknowledged[key] = false;
                if (!await TryPutAsync($"{urls[(client + i) % urls.Count]}/api/kv/{key}", ValueOf(key), stop.Token)) continue;
                _acknowledged[key] = true;
                if (Interlocked.Increment(ref acknowledged) == enough) struck.SetResult();
            }
        }

        var clients = Enumerable.Range(0, Clients).Select(Client).ToArray();
        await struck.Task;
        await strike();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
    }

    /// <summary>Asserts that every acknowledged write is stored, and no write only partly.</summary>
    public async Task AssertAllThereAsync()
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            _acknowledged,
            new ParallelOptions { MaxDegreeOfParallelism = Clients },
            async (write, cancellationToken) =>
            {
                var url = urls[write.Key.Length % urls.Count];
                using var response = await http.GetAsync($"{url}/api/kv/{write.Key}", cancellationToken);
                var isThere = response.StatusCode == HttpStatusCode.OK;
                if (!isThere && (write.Value || response.StatusCode != HttpStatusCode.NotFound))
                    wrong.Add($"{write.Key}: {response.StatusCode}, acknowledged: {write.Value}");
                if (!isThere) return;
                var value = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (!value.SequenceEqual(ValueOf(write.Key)))
                    wrong.Add($"{write.Key}: another value than was written");
            });
        Assert.Empty(wrong);
    }

    private async Task<bool> TryPutAsync(string url, byte[] value, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(value);
            using var response = await http.PutAsync(url, content, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Returns a value that differs from that of every other key.</summary>
    private static byte[] ValueOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return [.. Enumerable.Range(0, ValueBytes).Select(i => (byte)(hash[i % hash.Length] + i))];
    }
}
