using Raft.Actors.Clients;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Host.Commands;

/// <summary>What <c>raft bench</c> measures.</summary>
/// <param name="Mode"><see cref="Write"/> or <see cref="Read"/>.</param>
/// <param name="Clients">Clients, each with one request under way.</param>
/// <param name="Count">Requests that are measured.</param>
/// <param name="Size">Bytes of each value.</param>
/// <param name="Warmup">Requests before the measurement.</param>
internal sealed record BenchLoad(string Mode, int Clients, int Count, int Size, int Warmup)
{
    /// <summary>Writes, each synced to disk on a majority.</summary>
    public const string Write = "write";

    /// <summary>Linearizable reads of keys that were written before.</summary>
    public const string Read = "read";

    private const int Keys = 1000;

    private readonly byte[] _value = new byte[Size];

    /// <summary>Writes every key, so that each read finds one.</summary>
    public async Task PrepareAsync(KeyValueClient store)
    {
        if (Mode == Read) await Task.WhenAll(Enumerable.Range(0, Keys).Select(i => WriteAsync(store, i))).ConfigureAwait(false);
    }

    /// <summary>Does one request.</summary>
    /// <param name="store">The store.</param>
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
            throw new InvalidOperationException($"{KeyOf(number)} has {read.Value?.Length} bytes; {Size} were written.");
    }
}
