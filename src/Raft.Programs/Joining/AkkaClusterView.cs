using System.Text.RegularExpressions;
using Akka.Cluster;
using Raft.Programs.Addresses;

namespace Raft.Programs.Joining;

/// <summary>
/// A message in which a process describes its Akka cluster: who it is, and which members it sees. It is sent as text, for which
/// every ActorSystem has a serializer.
/// </summary>
/// <param name="IsRequest">Whether a reply is expected.</param>
/// <param name="Self">The process, as <c>host:port#uid</c>.</param>
/// <param name="Members">
/// The members that it sees, including itself; none before it has joined. It does not pass on members that it only heard of:
/// waiting processes would keep each other waiting for members that are long gone.
/// </param>
internal sealed partial record AkkaClusterView(bool IsRequest, string Self, IReadOnlyList<string> Members)
{
    private const string Request = "akka-members?";
    private const string Answer = "akka-members";
    private const int MaxMembers = 200;
    private const int MaxLength = 20_000;

    /// <summary>Whether the process has joined an Akka cluster.</summary>
    public bool IsMember => Members.Contains(Self);

    /// <summary>Returns whether both processes have joined and neither sees the other.</summary>
    public bool IsApartFrom(AkkaClusterView other) =>
        IsMember && other.IsMember && !Members.Contains(other.Self) && !other.Members.Contains(Self);

    /// <summary>
    /// Returns whether this process must join the other's cluster: the smaller cluster yields. Both sides reach the same decision
    /// from the same two views.
    /// </summary>
    public bool YieldsTo(AkkaClusterView other) => IsApartFrom(other)
        && (Members.Count, other.Members.Count) is var (mine, theirs)
        && (mine < theirs || (mine == theirs && string.CompareOrdinal(Lowest(Members), Lowest(other.Members)) > 0));

    /// <summary>Parses a text from the wire; null if it is not a view.</summary>
    public static AkkaClusterView? Parse(string text)
    {
        if (text.Length > MaxLength) return null;
        var lines = text.Split('\n');
        return lines.Length is >= 2 and <= 2 + MaxMembers && lines[0] is Request or Answer && lines[1..].All(IsUniqueAddress)
            ? new AkkaClusterView(lines[0] == Request, lines[1], lines[2..])
            : null;
    }

    /// <summary>Formats a process for a view.</summary>
    public static string NameOf(UniqueAddress process) => $"{HostPort.Of(process.Address)}#{process.Uid}";

    /// <summary>Returns the address of a process.</summary>
    public static HostPort AddressOf(string process) => HostPort.Parse(process.Split('#')[0]);

    /// <summary>Formats the view for <see cref="Parse"/>.</summary>
    public override string ToString() =>
        string.Join('\n', Members.Take(MaxMembers).Prepend(Self).Prepend(IsRequest ? Request : Answer));

    /// <summary>Returns whether a text names a process.</summary>
    public static bool IsUniqueAddress(string text) =>
        UniqueAddressForm().Match(text) is { Success: true } match
        && ushort.TryParse(match.Groups["port"].Value, out var port) && port > 0
        && Uri.CheckHostName(match.Groups["host"].Value) != UriHostNameType.Unknown;

    [GeneratedRegex(@"\A(?<host>[A-Za-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\]):(?<port>[0-9]{1,5})#-?[0-9]{1,10}\z")]
    private static partial Regex UniqueAddressForm();

    private static string? Lowest(IEnumerable<string> members) => members.Min(StringComparer.Ordinal);
}
