using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Configuration;

/// <summary>The values of settings by their keys.</summary>
internal static class Values
{
    public static Dictionary<string, object?> Of(RaftSettings settings) => Setting.OfNode
        .Select(s => KeyValuePair.Create(s.Key, s.Property.GetValue(settings)))
        .Concat(Setting.OfClient
            .Where(s => s.IsClientsOwn)
            .Select(s => KeyValuePair.Create(s.Key, s.Property.GetValue(settings.Client))))
        .ToDictionary();

    /// <summary>Another value that is allowed beside the defaults of all other keys: numbers and times are lower.</summary>
    public static object OtherThan(object? value) => value switch
    {
        null => new ClusterId("other"),
        GroupId => new GroupId("other"),
        bool flag => !flag,
        int number => number / 10 * 9,
        double number => number / 2,
        TimeSpan time => time * 0.9,
        LeadershipPreference => LeadershipPreference.Avoid,
        _ => throw new NotSupportedException($"Say here what another value than {value} is."),
    };
}
