using System.Text;
using Raft.Host.Rendering;

namespace Raft.Host.Watch;

/// <summary>
/// The alternate screen of the terminal. Disposing it restores the normal screen. Each frame is written in one piece over the
/// previous one, so that nothing flickers.
/// </summary>
internal sealed class WatchScreen : IDisposable
{
    private const string Escape = "\u001b[";
    private const string OtherScreen = Escape + "?1049h" + Escape + "?25l";
    private const string UsualScreen = Escape + "?25h" + Escape + "?1049l";
    private const string BeginFrame = Escape + "?2026h" + Escape + "H";
    private const string EndFrame = Escape + "J" + Escape + "?2026l";
    private const string EndOfLine = Escape + "0m" + Escape + "K";

    private readonly TextWriter _output;
    private readonly bool _hasColours = Terminal.HasColours;

    /// <summary>Switches to the alternate screen.</summary>
    public WatchScreen(TextWriter output)
    {
        _output = output;
        Write(OtherScreen);
    }

    /// <summary>Draws a frame over the previous one.</summary>
    public void Draw(IReadOnlyList<WatchLine> lines)
    {
        var frame = new StringBuilder(BeginFrame);
        for (var i = 0; i < lines.Count; i++)
        {
            if (_hasColours) frame.Append(Escape).Append(ColourOf(lines[i].Tone)).Append('m');
            frame.Append(lines[i].Text).Append(EndOfLine);
            if (i + 1 < lines.Count) frame.Append("\r\n");
        }

        Write(frame.Append(EndFrame).ToString());
    }

    /// <summary>Restores the normal screen.</summary>
    public void Dispose() => Write(UsualScreen);

    private static string ColourOf(Tone tone) => tone switch
    {
        Tone.Good => "32",
        Tone.Warning => "33",
        Tone.Bad => "31",
        Tone.Faint => "90",
        _ => "0",
    };

    private void Write(string text)
    {
        _output.Write(text);
        _output.Flush();
    }
}
