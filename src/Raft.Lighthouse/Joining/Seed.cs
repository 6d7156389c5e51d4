using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Raft.Lighthouse.Hosting;

namespace Raft.Lighthouse.Joining;

/// <summary>A seed node as written, and what its name stands for at the moment.</summary>
/// <param name="Written">As a person wrote it.</param>
/// <param name="Addresses">Its IPv4 addresses in numerical order; none where the name does not resolve.</param>
internal sealed record Seed(HostPort Written, IReadOnlyList<HostPort> Addresses)
{
    private static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The order in which every process asks, so that all agree on who is first and may form a cluster.</summary>
    /// <param name="seeds">The seed nodes in the order in which they are written.</param>
    public static IReadOnlyList<HostPort> InOrder(IReadOnlyList<Seed> seeds) => [.. seeds.SelectMany(s => s.Addresses).Distinct()];

    /// <summary>Looks names up.</summary>
    public static async Task<IReadOnlyList<Seed>> LookUpAsync(IReadOnlyList<HostPort> written) =>
        await Task.WhenAll(written.Select(LookUpAsync)).ConfigureAwait(false);

    /// <summary>A seed node whose name is not looked up.</summary>
    public static Seed AsWritten(HostPort written) => new(written, [written]);

    /// <summary>A seed node with the addresses in their order.</summary>
    public static Seed Of(HostPort written, IEnumerable<IPAddress> addresses) => new(
        written,
        [
            .. addresses
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork)
                .OrderBy(a => BinaryPrimitives.ReadUInt32BigEndian(a.GetAddressBytes()))
                .Select(a => written with { Host = a.ToString() }),
        ]);

    private static async Task<Seed> LookUpAsync(HostPort written)
    {
        try
        {
            using var timeout = new CancellationTokenSource(LookUpTimeout);
            return Of(written, await Dns.GetHostAddressesAsync(written.Host, timeout.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return new Seed(written, []);
        }
    }
}
