using System.Globalization;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Configuration;

/// <summary>A <see cref="TimeSpan"/> above zero and of at most 24 hours.</summary>
internal sealed class DurationAttribute(string key) : SettingAttribute(key)
{
    public override object Read(SettingsReader read) => read.Duration(Key);

    public override string TextOf(object? value) =>
        string.Create(CultureInfo.InvariantCulture, $"{((TimeSpan)value!).TotalMilliseconds} ms");
}

/// <summary>A whole number.</summary>
internal sealed class CountAttribute(string key) : SettingAttribute(key)
{
    public int Min { get; init; } = 1;

    public override object Read(SettingsReader read) => read.Count(Key, Min);
}

/// <summary>A number of bytes.</summary>
internal sealed class BytesAttribute(string key) : SettingAttribute(key)
{
    public int Min { get; init; } = 1;

    public override object Read(SettingsReader read) => read.Bytes(Key, Min);
}

/// <summary>A <see cref="double"/> from 0 to below a limit.</summary>
internal sealed class FractionAttribute(string key, double limit) : SettingAttribute(key)
{
    public double Limit { get; } = limit;

    public override object Read(SettingsReader read) => read.Fraction(Key, Limit);
}

/// <summary>A <see cref="bool"/>, written as on or off.</summary>
internal sealed class FlagAttribute(string key) : SettingAttribute(key)
{
    public override object Read(SettingsReader read) => read.Flag(Key);

    public override string TextOf(object? value) => (bool)value! ? "on" : "off";
}

/// <summary>One of the names of an enumeration, in lower case.</summary>
internal sealed class ChoiceAttribute<T>(string key) : SettingAttribute(key)
    where T : struct, Enum
{
    public override object Read(SettingsReader read) => read.OneOf<T>(Key);

    public override string TextOf(object? value) => value!.ToString()!.ToLowerInvariant();
}

/// <summary>The name of a group.</summary>
internal sealed class GroupNameAttribute(string key) : SettingAttribute(key)
{
    public override object Read(SettingsReader read) => read.Parsed(Key, GroupId.Parse);
}

/// <summary>The name of a node.</summary>
internal sealed class NodeNameAttribute(string key) : SettingAttribute(key)
{
    public override object Read(SettingsReader read) => read.Parsed(Key, NodeId.Parse);
}

/// <summary>The name of a cluster; null where it is empty.</summary>
internal sealed class ClusterNameAttribute(string key) : SettingAttribute(key)
{
    public override object? Read(SettingsReader read) =>
        read.Text(Key).Length > 0 ? read.Parsed(Key, ClusterId.Parse) : null;
}

/// <summary>A list of members, in any order.</summary>
internal sealed class MembersAttribute(string key) : SettingAttribute(key)
{
    public override object Read(SettingsReader read) => read.Members(Key);

    public override string TextOf(object? value) =>
        string.Join(',', ((IReadOnlyList<RaftMember>)value!).Select(m => m.ToString()).Order(StringComparer.Ordinal));
}
