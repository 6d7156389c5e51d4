using System.Net;
using System.Net.Sockets;
using Raft.Actors.Membership;

namespace Raft.Programs.Addresses;

/// <summary>A seed node as configured, and the addresses to which its name currently resolves.</summary>
/// <param name="Written">The address as configured.</param>
/// <param name="Addresses">
/// Its IPv4 addresses in numerical order, or its IPv6 addresses if it has no others; none if the name does not resolve.
/// </param>
internal sealed record Seed(HostPort Written, IReadOnlyList<HostPort> Addresses)
{
    private static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns the addresses in the order in which every process contacts them, so that all agree on the first one, which may
    /// form a cluster.
    /// </summary>
    /// <param name="seeds">The seed nodes in configured order.</param>
    public static IReadOnlyList<HostPort> InOrder(IReadOnlyList<Seed> seeds) =>
        [.. seeds.SelectMany(s => s.Addresses).Distinct()];

    /// <summary>Resolves the names of seed nodes.</summary>
    /// <param name="written">The seed nodes as configured.</param>
    /// <param name="advertised">The addresses that are used as written, without resolving names.</param>
    public static async Task<IReadOnlyList<Seed>> LookUpAsync(
        IReadOnlyList<HostPort> written, IReadOnlyCollection<HostPort> advertised) =>
        await Task.WhenAll(written.Select(s => advertised.Contains(s) ? Task.FromResult(AsWritten(s)) : LookUpAsync(s)))
            .ConfigureAwait(false);

    private static Seed AsWritten(HostPort written) => new(written, [written]);

    /// <summary>Creates a seed node with its addresses in order.</summary>
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
