using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Raft.Simulation.Traces;

/// <summary>
/// Writes a trace as one HTML page that needs nothing else: a line per machine, messages as arrows, and what every node
/// knew at the moment under the pointer. The page loads nothing, so it works from a disk and as an attachment.
/// </summary>
public static partial class SpaceTimeDiagram
{
    /// <summary>Writes the page. The same trace gives the same text, in ASCII, whatever the culture.</summary>
    /// <param name="trace">What happened.</param>
    /// <param name="output">Where the page goes; it stays open.</param>
    public static void Write(Trace trace, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(output);
        var script = JoinedModules.Of("main.js", module => Read($"js/{module}"));

        // One pass over the template: what is put in is never searched for placeholders.
        output.Write(Placeholder().Replace(Read("diagram.html"), match => match.Groups["name"].Value switch
        {
            "title" => HtmlEncoder.Default.Encode(trace.Title),
            "style" => Read("diagram.css"),
            "trace" => TraceJson.Serialize(trace),
            "script" => script,
            "script-hash" => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))),
            var name => throw new InvalidOperationException($"diagram.html asks for {name}, which is nothing"),
        }));
    }

    /// <summary>A part of the page, with the line ends that the script's hash is of.</summary>
    private static string Read(string name)
    {
        using var stream = typeof(SpaceTimeDiagram).Assembly.GetManifestResourceStream($"Diagram/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(?<name>[a-z-]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
