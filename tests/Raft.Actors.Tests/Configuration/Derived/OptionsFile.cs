using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Configuration.Derived;

/// <summary>
/// The options of C# code, written from the settings: one for each key, null where code leaves it to HOCON, with the doc comment
/// of the setting and its default.
/// </summary>
internal static partial class OptionsFile
{
    private const int MaxLine = 130;
    private const int KiB = 1024;

    private static readonly XDocument Docs =
        XDocument.Load(Path.ChangeExtension(typeof(RaftSettings).Assembly.Location, "xml"));

    /// <summary>The settings of a node that have options: WithRaft is told the group's name.</summary>
    public static IEnumerable<Setting> OfNode => Setting.OfNode.Where(s => s.Key != "raft.group");

    /// <summary>The settings of a client that have options.</summary>
    public static IEnumerable<Setting> OfClient => Setting.OfClient.Where(s => s.IsClientsOwn);

    /// <summary>The option of a key: raft.pre-vote is PreVote.</summary>
    public static string NameOf(string key) => string.Concat(
        key[(key.LastIndexOf('.') + 1)..].Split('-').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));

    /// <param name="type">The class of options.</param>
    /// <param name="settings">The settings that it has options for.</param>
    /// <param name="defaults">An object with their defaults.</param>
    public static string Of(string type, IEnumerable<Setting> settings, object defaults)
    {
        var all = settings.ToArray();
        return $$"""
            // Written by ./dev settings, from RaftSettings, ClientSettings and reference.conf: change those.
            namespace Raft.Actors.Configuration;

            public sealed partial class {{type}}
            {
            {{string.Join('\n', all.Select(s => Property(s, s.Property.GetValue(defaults))))}}
                internal IEnumerable<(string Key, object? Value)> Keys =>
                [
            {{string.Join('\n', all.Select(s => $"        (\"{s.Key["raft.".Length..]}\", {NameOf(s.Key)}),"))}}
                ];
            }

            """;
    }

    private static string Property(Setting setting, object? value) =>
        Comment($"{SummaryOf(setting)}{DefaultOf(setting, value)}")
        + $"\n    public {TypeOf(setting)}? {NameOf(setting.Key)} {{ get; set; }}\n";

    private static string TypeOf(Setting setting) => setting.Declaration switch
    {
        DurationAttribute => nameof(TimeSpan),
        CountAttribute or BytesAttribute => "int",
        FractionAttribute => "double",
        FlagAttribute => "bool",
        NodeNameAttribute or ClusterNameAttribute => "string",
        MembersAttribute => "string[]",
        ChoiceAttribute<LeadershipPreference> => "Protocol.LeadershipPreference",
        var unknown => throw new NotSupportedException(
            $"{setting.Key} is a {unknown.GetType().Name}: say here what its option is."),
    };

    private static string DefaultOf(Setting setting, object? value)
    {
        if (ReferenceKey.All.Single(key => key.Name == setting.Key).Default.Length == 0) return " No default.";
        var text = (setting.Declaration, value) switch
        {
            (BytesAttribute, int bytes) when bytes % (KiB * KiB) == 0 => $"{bytes / (KiB * KiB)} MiB",
            (BytesAttribute, int bytes) when bytes % KiB == 0 => $"{bytes / KiB} KiB",
            (_, int count) => count.ToString("N0", CultureInfo.InvariantCulture),
            (_, TimeSpan { Ticks: var ticks } time) when ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours} h",
            (_, TimeSpan { Ticks: var ticks } time) when ticks % TimeSpan.TicksPerSecond == 0 => $"{time.TotalSeconds} s",
            (_, LeadershipPreference preference) => $"<see cref=\"Protocol.LeadershipPreference.{preference}\"/>",
            _ => setting.Declaration.TextOf(value),
        };
        return $" Default {text}.";
    }

    /// <summary>What the setting's own comment says; where it refers to other settings, the options are named.</summary>
    private static string SummaryOf(Setting setting)
    {
        var owner = setting.Property.DeclaringType!;
        var name = $"P:{owner.FullName}.{setting.Property.Name}";
        var summary = Docs.Descendants("member").Single(m => m.Attribute("name")?.Value == name).Element("summary")!;
        foreach (var reference in summary.Descendants("see").Attributes("cref"))
        {
            var other = reference.Value[(reference.Value.LastIndexOf('.') + 1)..];
            var named = Setting.All
                .FirstOrDefault(s => reference.Value == $"P:{s.Property.DeclaringType!.FullName}.{s.Property.Name}");
            reference.Value = named is null ? other : NameOf(named.Key);
        }

        var text = string.Concat(summary.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
        return Spaces().Replace(text, " ").Trim().Replace(" />", "/>", StringComparison.Ordinal);
    }

    private static string Comment(string text)
    {
        var line = $"    /// <summary>{text}</summary>";
        if (line.Length <= MaxLine) return line;
        var comment = new StringBuilder("    /// <summary>");
        var length = MaxLine;
        foreach (var word in Word().Matches(text).Select(m => m.Value))
        {
            if (length + 1 + word.Length > MaxLine) length = comment.Append("\n    ///").ToString().Split('\n')[^1].Length;
            comment.Append(' ').Append(word);
            length += 1 + word.Length;
        }

        return comment.Append("\n    /// </summary>").ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>A word, or more than one where they are within an element's tag.</summary>
    [GeneratedRegex(@"(?:<[^>]*>|[^\s<])+")]
    private static partial Regex Word();
}
