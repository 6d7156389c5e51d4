using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Raft.Host.Tests.Telemetry;

/// <summary>An OpenTelemetry collector from the sender's point of view: it accepts all posts.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string? ContentType, string Text)> _posts = new();
    private readonly SemaphoreSlim _posted = new(0);

    public Collector(int port)
    {
        Url = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _ = TakeAllAsync();
    }

    public string Url { get; }

    /// <summary>Waits for a post to this path that contains all of these texts; protobuf does not encode texts.</summary>
    /// <returns>The content type of the post.</returns>
    public async Task<string?> WaitForAsync(string path, params string[] texts)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            foreach (var post in _posts)
            {
                if (post.Path == path && texts.All(t => post.Text.Contains(t, StringComparison.Ordinal))) return post.ContentType;
            }

            await _posted.WaitAsync(timeout.Token);
        }
    }

    public void Dispose()
    {
        ((IDisposable)_listener).Dispose();
        _posted.Dispose();
    }

    private async Task TakeAllAsync()
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body);
                _posts.Enqueue((
                    request.Request.Url!.AbsolutePath, request.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
                request.Response.Close();
                _posted.Release();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
