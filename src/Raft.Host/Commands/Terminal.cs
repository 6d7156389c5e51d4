using System.Globalization;
using Spectre.Console;

namespace Raft.Host.Commands;

/// <summary>
/// Tables for people. On a terminal they have colours and lines and fit its width; in a pipe or a file they are plain
/// columns that are never wrapped.
/// </summary>
internal static class Terminal
{
    private const int UnboundedWidth = 10_000;

    /// <summary>Writes a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headings">The columns' headings; one that begins with <c>#</c> is of numbers, to the right.</param>
    /// <param name="rows">The rows; those to be stressed are marked.</param>
    public static void WriteTable(
        TextWriter output, IReadOnlyList<string> headings, IEnumerable<(bool IsStressed, string[] Cells)> rows)
    {
        var target = new AnsiConsoleOutput(output);
        var isTerminal = target.IsTerminal;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (!isTerminal) console.Profile.Width = UnboundedWidth;

        var table = new Table { Border = isTerminal ? TableBorder.Rounded : TableBorder.None };
        foreach (var heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimStart('#'), new Style(decoration: Decoration.Bold)));
            table.AddColumn(heading.StartsWith('#') ? column.RightAligned() : column);
        }

        foreach (var (isStressed, cells) in rows) table.AddRow(cells.Select(cell => Cell(cell, isStressed)));
        console.Write(table);
    }

    /// <summary>The number as it is printed everywhere.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text with its control characters written out, so that a key can't steer the terminal.</summary>
    public static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;

    private static Text Cell(string text, bool isStressed) =>
        new Text(Printable(text), isStressed ? new Style(Color.Green) : Style.Plain);
}
