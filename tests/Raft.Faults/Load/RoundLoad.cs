namespace Raft.Faults.Load;

/// <summary>The clients of a round.</summary>
internal sealed class RoundLoad : IAsyncDisposable
{
    private const int Contending = 8;
    private const int Repeating = 2;
    private const int Keeping = 3;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _clients;

    /// <summary>Starts the clients.</summary>
    /// <param name="http">The HTTP client for their calls.</param>
    /// <param name="recorder">Records their calls.</param>
    /// <param name="keys">The keys that they use.</param>
    /// <param name="random">The source of their random choices.</param>
    public RoundLoad(KeyValueHttp http, Recorder recorder, RoundKeys keys, Random random)
    {
        var number = 0;
        LoadClient[] clients =
        [
            .. Enumerable.Range(0, Contending).Select(
                _ => new ContendingClient(number++, http, recorder, keys, new Random(random.Next()))),
            .. Enumerable.Range(0, Repeating).Select(_ => new RepeatingClient(number++, http, recorder, keys)),
            .. Enumerable.Range(0, Keeping).Select(_ => new KeepingClient(number++, http, recorder, keys)),
        ];
        _clients = Task.WhenAll(clients.Select(client => client.RunAsync(_stop.Token)));
    }

    /// <summary>Stops the clients after their last calls.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        _stop.Dispose();
    }
}
