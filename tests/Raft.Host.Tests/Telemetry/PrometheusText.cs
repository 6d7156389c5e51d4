using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Raft.Host.Tests.Telemetry;

/// <summary>
/// Reads Prometheus' text format as strictly as its documentation writes it: a family's lines stand together, after its TYPE and
/// HELP; no series comes twice; a histogram's buckets rise up to its count.
/// </summary>
internal sealed partial class PrometheusText
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "summary", "untyped"];

    private readonly Dictionary<string, Family> _families = [];
    private Family? _open;

    private PrometheusText(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n')[..^1]) Read(line);
        foreach (var family in _families.Values) Check(family);
    }

    /// <summary>The families by name.</summary>
    public IReadOnlyDictionary<string, Family> Families => _families;

    public static PrometheusText Parse(string text) => new(text);

    /// <summary>Returns all series of a family with this label.</summary>
    public IEnumerable<Sample> With(string family, string label, string value) =>
        _families[family].Samples.Where(s => s.Labels.GetValueOrDefault(label) == value);

    private void Read(string line)
    {
        if (line == "# EOF") return;
        if (Comment().Match(line) is { Success: true } comment) ReadComment(comment, line);
        else ReadSample(line);
    }

    private void ReadComment(Match comment, string line)
    {
        var name = comment.Groups["name"].Value;
        if (_open?.Name != name)
        {
            _open = new Family(name);
            Assert.True(_families.TryAdd(name, _open), $"The lines of {name} don't stand together: {line}");
        }

        Assert.Empty(_open.Samples);
        var text = comment.Groups["text"].Value;
        if (comment.Groups["what"].Value == "TYPE")
        {
            Assert.Null(_open.Type);
            Assert.Contains(text, Types);
            _open.Type = text;
        }
        else
        {
            Assert.Null(_open.Help);
            Assert.DoesNotMatch(@"\\(?![\\n])", text);
            _open.Help = text;
        }
    }

    private void ReadSample(string line)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"No sample: {line}");
        Assert.True(_open is { Type: not null, Help.Length: > 0 }, $"Before TYPE and HELP: {line}");
        var name = match.Groups["name"].Value;
        Assert.Contains(name, _open.Type == "histogram"
            ? [$"{_open.Name}_bucket", $"{_open.Name}_sum", $"{_open.Name}_count"]
            : new[] { _open.Name });
        var labels = match.Groups["label"].Captures
            .Zip(match.Groups["text"].Captures, (label, text) => (label, text))
            .ToDictionary(pair => pair.label.Value, pair => pair.text.Value);
        var sample = new Sample(name, labels, Number(match.Groups["value"].Value));
        Assert.DoesNotContain(_open.Samples, other => other.Key == sample.Key);
        _open.Samples.Add(sample);
    }

    private static void Check(Family family)
    {
        Assert.NotEmpty(family.Samples);
        if (family.Type == "counter")
        {
            Assert.EndsWith("_total", family.Name, StringComparison.Ordinal);
            Assert.All(family.Samples, s => Assert.True(s.Value >= 0));
        }

        if (family.Type != "histogram") return;
        foreach (var series in family.Samples.GroupBy(s => s.KeyWithoutBound))
        {
            var buckets = series.Where(s => s.Name == $"{family.Name}_bucket").ToArray();
            var bounds = buckets.Select(b => Number(b.Labels["le"])).ToArray();
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(buckets.Select(b => b.Value).Order(), buckets.Select(b => b.Value));
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            Assert.Equal(buckets[^1].Value, series.Single(s => s.Name == $"{family.Name}_count").Value);
            Assert.Single(series, s => s.Name == $"{family.Name}_sum");
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"\A# (?<what>TYPE|HELP) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.+)\z")]
    private static partial Regex Comment();

    private const string Label = """
        (?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\]|\\["\\n])*)"
        """;

    [GeneratedRegex($@"\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{{({Label},?)*\}})?[ ](?<value>[^ ]+)([ ]\d+)?\z")]
    private static partial Regex SampleLine();

    /// <summary>A metric with its series.</summary>
    public sealed class Family(string name)
    {
        public string Name { get; } = name;

        public string? Type { get; set; }

        public string? Help { get; set; }

        public List<Sample> Samples { get; } = [];
    }

    /// <summary>One line with a value.</summary>
    public sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
    {
        public string Key => Name + KeyOf(Labels);

        public string KeyWithoutBound => KeyOf(Labels.Where(l => l.Key != "le"));

        private static string KeyOf(IEnumerable<KeyValuePair<string, string>> labels) =>
            string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
    }
}
