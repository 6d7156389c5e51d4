using System.Globalization;

namespace Raft.Actors.Configuration;

/// <summary>
/// Declares a property of <see cref="RaftSettings"/> or <see cref="ClientSettings"/> to be a setting. It names the key of
/// <c>reference.conf</c>, and its type determines how the value is read, checked and shown. The options and the table of
/// docs/configure.md are generated from it (docs/decisions/023).
/// </summary>
/// <param name="key">The whole key, such as <c>raft.pre-vote</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SettingAttribute(string key) : Attribute
{
    public string Key { get; } = key;

    /// <exception cref="RaftConfigurationException">The value is missing or wrong; the message names the key.</exception>
    public abstract object? Read(SettingsReader read);

    /// <summary>The value as a text that is the same on every node where the value is the same.</summary>
    public virtual string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
