using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Inspection;

/// <summary>The versions of this process: library, protocol, Akka.NET, .NET and operating system.</summary>
internal static class OwnVersions
{
    private const int FingerprintBytes = 4;
    private const int CommitLength = 8;

    /// <summary>The versions, by name.</summary>
    public static IReadOnlyList<NamedText> All { get; } =
    [
        new("Raft.Akka", VersionOf(typeof(OwnVersions).Assembly)),
        new("protocol", Fingerprint()),
        new("Akka.NET", VersionOf(typeof(ActorSystem).Assembly)),
        new(".NET", Environment.Version.ToString()),
        new("operating system", RuntimeInformation.OSDescription),
    ];

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is not { } version
            ? assembly.GetName().Version?.ToString() ?? "unknown"
            : version.IndexOf('+') is >= 0 and var commit && version.Length > commit + CommitLength
                ? version[..(commit + 1 + CommitLength)]
                : version;

    /// <summary>Returns a hash of the message definitions: equal for all versions that have the same messages.</summary>
    private static string Fingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(RaftReflection.Descriptor.SerializedData.Span).AsSpan(0, FingerprintBytes));
}
