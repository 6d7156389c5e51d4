using System.Net;
using System.Net.Sockets;
using Raft.Actors.Membership;

namespace Raft.Programs.Addresses;

/// <summary>A seed node as written, and what its name stands for at the moment.</summary>
/// <param name="Written">As a person wrote it.</param>
/// <param name="Addresses">
/// Its IPv4 addresses in numerical order, or its IPv6 addresses where it has no others; none where the name does not resolve.
/// </param>
internal sealed record Seed(HostPort Written, IReadOnlyList<HostPort> Addresses)
{
    private static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The order in which every process asks, so that all agree on who is first and may form a cluster.
    /// </summary>
    /// <param name="seeds">The seed nodes in the order in which they are written.</param>
    public static IReadOnlyList<HostPort> InOrder(IReadOnlyList<Seed> seeds) => [.. seeds.SelectMany(s => s.Addresses).Distinct()];

    /// <summary>Looks names up.</summary>
    /// <param name="written">The seed nodes as written.</param>
    /// <param name="advertised">Those of them that are asked as they are written.</param>
    public static async Task<IReadOnlyList<Seed>> LookUpAsync(
        IReadOnlyList<HostPort> written, IReadOnlyCollection<HostPort> advertised) =>
        await Task.WhenAll(written.Select(s => advertised.Contains(s) ? Task.FromResult(AsWritten(s)) : LookUpAsync(s)))
            .ConfigureAwait(false);

    private static Seed AsWritten(HostPort written) => new(written, [written]);

    /// <summary>A seed node with the addresses in their order.</summary>
    public static Seed Of(HostPort written, IEnumerable<IPAddress> addresses) => new(
        written,
        [
            .. addresses
                .GroupBy(a => a.AddressFamily == AddressFamily.InterNetworkV6)
                .OrderBy(family => family.Key)
                .Take(1)
                .SelectMany(family => family)
                .OrderBy(a => Convert.ToHexString(a.GetAddressBytes()), StringComparer.Ordinal)
                .Select(a => written with { Host = HostAndPort.HostOf(a) }),
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
