using System.Globalization;

namespace Raft.Actors.Configuration;

/// <summary>
/// Declares a property of <see cref="RaftSettings"/> or <see cref="ClientSettings"/> to be a setting: which key of
/// <c>reference.conf</c> it has its value from, and by its type how the value is read, checked and shown. Reading, texts to
/// compare, options and the table of docs/configure.md follow from that (docs/decisions/023).
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
