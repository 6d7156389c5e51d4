using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Raft.Simulation.Traces;

/// <summary>
/// Writes a trace as a self-contained HTML page: a line per machine, messages as arrows, and the state of every node at the time
/// under the pointer. The page loads nothing, so it works from a disk and as an attachment.
/// </summary>
public static partial class SpaceTimeDiagram
{
    /// <summary>Writes the page. The same trace gives the same ASCII text, independent of the culture.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="output">Receives the page. It stays open.</param>
    public static void Write(Trace trace, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(output);
        var script = JoinedModules.Of("main.js", module => Read($"js/{module}"));

        // A single pass over the template: inserted text is never searched for placeholders.
        output.Write(Placeholder().Replace(Read("diagram.html"), match => match.Groups["name"].Value switch
        {
            "title" => HtmlEncoder.Default.Encode(trace.Title),
            "style" => Read("diagram.css"),
            "trace" => TraceJson.Serialize(trace),
            "script" => script,
            "script-hash" => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))),
            var name => throw new InvalidOperationException($"diagram.html has the unknown placeholder {name}"),
        }));
    }

    /// <summary>Returns a part of the page, with the line ends for which the hash of the script is computed.</summary>
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
