using System.Text;

namespace Raft.Host.Hooks;

/// <summary>
/// Makes lines of what a script writes, with a limit for each line and for all of them; what is beyond is read and dropped.
/// Control characters become spaces.
/// </summary>
/// <param name="write">Takes a line.</param>
internal sealed class HookOutput(Action<string> write)
{
    /// <summary>Characters of a line, at the most.</summary>
    public const int MaxLine = 500;

    /// <summary>Lines of a run, at the most.</summary>
    public const int MaxLines = 100;

    private readonly StringBuilder _line = new();
    private int _lines;
    private bool _hasText;

    /// <summary>Takes text as it comes.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '\n') EndLine();
            else Add(c);
        }
    }

    /// <summary>Writes what has no line end.</summary>
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
        if (_lines == MaxLines) write($"(more than {MaxLines} lines; the rest is not shown)");
        _lines++;
        _line.Clear();
        _hasText = false;
    }
}
