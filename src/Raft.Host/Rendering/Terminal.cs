using Spectre.Console;

namespace Raft.Host.Rendering;

/// <summary>How a text is meant; on a terminal that shows colours it has one.</summary>
internal enum Tone
{
    /// <summary>As usual.</summary>
    Plain,

    /// <summary>Stressed, and well.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>Wrong.</summary>
    Bad,

    /// <summary>Of little weight.</summary>
    Faint,
}

/// <summary>A row of a table.</summary>
/// <param name="Tone">How it is meant.</param>
/// <param name="Cells">Its cells, as many as the table has columns.</param>
internal sealed record TableRow(Tone Tone, params IReadOnlyList<string> Cells);

/// <summary>
/// Text for people. On a terminal it has colours and lines and fits its width, without colours where <c>NO_COLOR</c> is set. In a
/// pipe, a file or another program's answer it is plain columns that are never wrapped.
/// </summary>
internal static class Terminal
{
    private const int UnboundedWidth = 10_000;

    /// <summary>Whether the person wants colours (https://no-color.org).</summary>
    public static bool HasColours => Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    /// <summary>The console that writes there.</summary>
    public static IAnsiConsole For(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = target.IsTerminal && HasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!target.IsTerminal) console.Profile.Width = UnboundedWidth;
        return console;
    }

    /// <summary>Writes a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headings">The columns' headings; one that begins with <c>#</c> is of numbers, to the right.</param>
    /// <param name="rows">The rows.</param>
    public static void WriteTable(TextWriter output, IReadOnlyList<string> headings, IEnumerable<TableRow> rows)
    {
        var console = For(output);
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        foreach (var heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimStart('#'), new Style(decoration: Decoration.Bold)));
            table.AddColumn(heading.StartsWith('#') ? column.RightAligned() : column);
        }

        foreach (var row in rows) table.AddRow(row.Cells.Select(cell => new Text(Printable(cell), StyleOf(row.Tone))));
        if (console.Profile.Out.IsTerminal) console.Write(table);
        else WritePlain(output, console, table);
    }

    /// <summary>Writes a line.</summary>
    public static void WriteLine(TextWriter output, string text, Tone tone = Tone.Plain)
    {
        if (tone == Tone.Plain) output.WriteLine(text);
        else For(output).WriteLine(text, StyleOf(tone));
    }

    /// <summary>The colour of a tone.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Faint => new Style(Color.Grey),
        _ => Style.Plain,
    };

    /// <summary>The text with its control characters written out, so that a key can't steer the terminal.</summary>
    public static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;

    /// <summary>A table fills its last column with blanks, which in a file are only in the way.</summary>
    private static void WritePlain(TextWriter output, IAnsiConsole console, Table table)
    {
        using var text = new StringWriter();
        console.Profile.Out = new AnsiConsoleOutput(text);
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) output.WriteLine(line.TrimEnd());
    }
}
