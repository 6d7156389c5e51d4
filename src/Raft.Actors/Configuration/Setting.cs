using System.Reflection;

namespace Raft.Actors.Configuration;

/// <summary>
/// A property that is a setting. It is read and shown by reflection when a node starts or is diagnosed, never while it writes.
/// </summary>
/// <param name="Property">The property.</param>
/// <param name="Declaration">The attribute that declares it.</param>
internal sealed record Setting(PropertyInfo Property, SettingAttribute Declaration)
{
    /// <summary>The settings of a node, without those of its client, in the order of <see cref="RaftSettings"/>.</summary>
    public static IReadOnlyList<Setting> OfNode { get; } = In(typeof(RaftSettings));

    /// <summary>The settings of a client, in the order of <see cref="ClientSettings"/>; some are keys of the nodes.</summary>
    public static IReadOnlyList<Setting> OfClient { get; } = In(typeof(ClientSettings));

    /// <summary>All properties that are settings; a key that nodes and clients have in common comes twice.</summary>
    public static IEnumerable<Setting> All => OfNode.Concat(OfClient);

    public string Key => Declaration.Key;

    /// <summary>Whether the key is the client's own, and none that it shares with the nodes.</summary>
    public bool IsClientsOwn => Key.StartsWith("raft.client.", StringComparison.Ordinal);

    /// <summary>Reads the value and gives it to the property.</summary>
    /// <exception cref="RaftConfigurationException">The value is missing or wrong; the message names the key.</exception>
    public void Read(SettingsReader read, object settings) => Property.SetValue(settings, Declaration.Read(read));

    /// <summary>The property's value as a text that is the same on every node where the value is the same.</summary>
    public string TextIn(object settings) => Declaration.TextOf(Property.GetValue(settings));

    private static Setting[] In(Type settings) =>
    [
        .. from property in settings.GetProperties()
           let declaration = property.GetCustomAttribute<SettingAttribute>()
           where declaration is not null
           orderby property.MetadataToken
           select new Setting(property, declaration),
    ];
}
