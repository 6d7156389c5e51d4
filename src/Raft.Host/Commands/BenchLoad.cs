using Raft.Actors.Clients;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Host.Commands;

/// <summary>What <c>raft bench</c> measures.</summary>
/// <param name="Mode">Either <see cref="Write"/> or <see cref="Read"/>.</param>
/// <param name="Clients">The number of clients, each with one request in flight.</param>
/// <param name="Count">The number of measured requests.</param>
/// <param name="Size">The size of each value in bytes.</param>
/// <param name="Warmup">The number of requests before the measurement.</param>
internal sealed record BenchLoad(string Mode, int Clients, int Count, int Size, int Warmup)
{
    /// <summary>Measure writes, each synced to disk on a majority.</summary>
    public const string Write = "write";

    /// <summary>Measure linearizable reads of existing keys.</summary>
    public const string Read = "read";

    private const int Keys = 1000;

    private readonly byte[] _value = new byte[Size];

    /// <summary>In read mode, writes every key so that each read finds a value.</summary>
    public async Task PrepareAsync(KeyValueClient store)
    {
        if (Mode == Read) await Task.WhenAll(Enumerable.Range(0, Keys).Select(i => WriteAsync(store, i))).ConfigureAwait(false);
    }

    /// <summary>Sends one request.</summary>
    /// <param name="store">The store to send it to.</param>
    /// <param name="number">The request's number, which chooses the key.</param>
    public Task RequestAsync(KeyValueClient store, int number) =>
        Mode == Read ? ReadAsync(store, number) : WriteAsync(store, number);

    private static string KeyOf(int number) => $"key-{number % Keys}";

    private async Task WriteAsync(KeyValueClient store, int number) =>
        await store.PutAsync(KeyOf(number), _value, WriteCondition.None).ConfigureAwait(false);

    private async Task ReadAsync(KeyValueClient store, int number)
    {
        var read = await store.GetAsync(KeyOf(number)).ConfigureAwait(false);
        if (read.Value?.Length != Size)
            throw new InvalidOperationException(
                $"{KeyOf(number)} has {read.Value?.Length} bytes, but {Size} bytes were written.");
    }
}
