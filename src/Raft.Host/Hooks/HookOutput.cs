using System.Text;

namespace Raft.Host.Hooks;

/// <summary>
/// Splits the output of a script into lines, with a limit on the length and on the number of lines; the rest is read and dropped.
/// Control characters become spaces.
/// </summary>
/// <param name="write">Receives each line.</param>
internal sealed class HookOutput(Action<string> write)
{
    /// <summary>The maximum number of characters in a line.</summary>
    public const int MaxLine = 500;

    /// <summary>The maximum number of lines of a run.</summary>
    public const int MaxLines = 100;

    private readonly StringBuilder _line = new();
    private int _lines;
    private bool _hasText;

    /// <summary>Appends text.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '\n') EndLine();
            else Add(c);
        }
    }

    /// <summary>Writes the last line if it has no line break.</summary>
    public void End()
    {
        if (_hasText) EndLine();
    }

    private void Add(char c)
    {
        _hasText = true;
        if (_lines < MaxLines && _line.Length < MaxLine) _line.Append(char.IsControl(c) ? ' ' : c);
    }

    private void EndLine()
    {
        if (_lines < MaxLines) write(_line.ToString().TrimEnd());
        if (_lines == MaxLines) write($"(more than {MaxLines} lines; the rest is dropped)");
        _lines++;
        _line.Clear();
        _hasText = false;
    }
}
