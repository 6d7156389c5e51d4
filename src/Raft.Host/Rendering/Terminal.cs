using Spectre.Console;

namespace Raft.Host.Rendering;

/// <summary>The meaning of a line of text. A terminal with colours shows it as a colour.</summary>
internal enum Tone
{
    /// <summary>Normal text.</summary>
    Plain,

    /// <summary>Emphasized: everything is well.</summary>
    Good,

    /// <summary>Needs attention.</summary>
    Warning,

    /// <summary>An error.</summary>
    Bad,

    /// <summary>Less important.</summary>
    Faint,
}

/// <summary>A row of a table.</summary>
/// <param name="Tone">The meaning of the row.</param>
/// <param name="Cells">The cells, one per column.</param>
internal sealed record TableRow(Tone Tone, params IReadOnlyList<string> Cells);

/// <summary>
/// Writes text for people. On a terminal, tables have borders and colours (unless <c>NO_COLOR</c> is set) and fit the width of
/// the terminal. In a pipe or a file, tables are plain columns that never wrap.
/// </summary>
internal static class Terminal
{
    private const int UnboundedWidth = 10_000;

    /// <summary>Whether colours are allowed: <c>NO_COLOR</c> is not set (https://no-color.org).</summary>
    public static bool HasColours => Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    /// <summary>Returns the console that writes to a stream.</summary>
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
    /// <param name="output">The stream to write to.</param>
    /// <param name="headings">The column headings. A heading that starts with <c>#</c> makes the column right-aligned.</param>
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

    /// <summary>Returns the colour of a tone.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Faint => new Style(Color.Grey),
        _ => Style.Plain,
    };

    /// <summary>Escapes control characters, so that a key can't control the terminal.</summary>
    public static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;

    /// <summary>Trims the trailing spaces with which a table pads its last column.</summary>
    private static void WritePlain(TextWriter output, IAnsiConsole console, Table table)
    {
        using var text = new StringWriter();
        console.Profile.Out = new AnsiConsoleOutput(text);
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) output.WriteLine(line.TrimEnd());
    }
}
