using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Inspection;

/// <summary>A node's effective settings as texts that can be compared: the same value is the same text on every node.</summary>
internal static class SettingTexts
{
    /// <summary>The node's name, which differs on every node.</summary>
    private const string Name = "raft.node-id";

    /// <summary>Returns the settings, by key of <c>reference.conf</c>, without the node's name.</summary>
    public static IReadOnlyList<NamedText> Of(RaftSettings settings) =>
    [
        .. from setting in Setting.OfNode
           where setting.Key != Name
           select new NamedText(setting.Key, setting.TextIn(settings)),
        .. from setting in Setting.OfClient
           where setting.IsClientsOwn
           select new NamedText(setting.Key, setting.TextIn(settings.Client)),
    ];
}
