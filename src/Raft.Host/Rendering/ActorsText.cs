using Raft.Host.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft actors</c>: a tree with the type and queue length of each actor.</summary>
internal static class ActorsText
{
    /// <summary>A queue longer than this is highlighted.</summary>
    private const int LongQueue = 100;

    private static readonly string[] Headings = ["ACTOR", "#QUEUED", "TYPE"];

    /// <summary>Writes the tree.</summary>
    public static void Write(TextWriter output, ActorsAnswer tree)
    {
        output.WriteLine(tree.System);
        Terminal.WriteTable(output, Headings, Rows(tree.Actors));
        var queued = tree.Actors.Sum(a => a.Queued ?? 0);
        output.WriteLine($"{tree.Actors.Count} actors, {Readable.Grouped(queued)} messages queued");
        if (tree.Cut)
            Terminal.WriteLine(
                output, "There are more actors. Use --limit to show more, or --under PATH to show a subtree.", Tone.Warning);
    }

    private static IEnumerable<TableRow> Rows(IReadOnlyList<ActorAnswer> actors)
    {
        for (var i = 0; i < actors.Count; i++)
        {
            var actor = actors[i];
            var isLeaf = i + 1 == actors.Count || ParentOf(actors[i + 1].Path) != actor.Path;
            var hidden = isLeaf && actor.Children > 0 ? $" (+{actor.Children})" : "";
            yield return new TableRow(
                actor.Queued switch { null => Tone.Faint, > LongQueue => Tone.Warning, _ => Tone.Plain },
                Lines(actors, i) + NameOf(actors, i) + hidden,
                actor.Queued is { } queued ? Readable.Number(queued) : "",
                actor.Type);
        }
    }

    /// <summary>Shows the whole path of the first actor and the name of each other actor.</summary>
    private static string NameOf(IReadOnlyList<ActorAnswer> actors, int i) =>
        i == 0 ? actors[0].Path : actors[i].Path[(actors[i].Path.LastIndexOf('/') + 1)..];

    /// <summary>Draws, for each level above the actor, a line if that level has more siblings to come, otherwise a gap.</summary>
    private static string Lines(IReadOnlyList<ActorAnswer> actors, int i)
    {
        var lines = "";
        for (var at = actors[i].Path; at != actors[0].Path; at = ParentOf(at))
        {
            var isLast = !HasLaterBrother(actors, i, at);
            lines = (at == actors[i].Path ? isLast ? "└─ " : "├─ " : isLast ? "   " : "│  ") + lines;
        }

        return lines;
    }

    private static bool HasLaterBrother(IReadOnlyList<ActorAnswer> actors, int i, string path)
    {
        var parent = ParentOf(path);
        for (var later = i + 1; later < actors.Count; later++)
        {
            if (ParentOf(actors[later].Path) == parent) return true;
            if (!actors[later].Path.StartsWith(parent, StringComparison.Ordinal)) return false;
        }

        return false;
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";
}
