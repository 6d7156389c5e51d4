using Raft.Host.Hooks;
using Xunit;

namespace Raft.Host.Tests.Hooks;

public sealed class HookOutputTests
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Lines_come_out_however_they_were_cut()
    {
        Write("one\ntw", "o\r\n", "\nthree");

        Assert.Equal(["one", "two", "", "three"], _lines);
    }

    [Fact]
    public void Control_characters_can_not_steer_a_terminal()
    {
        Write("a\u001b[31mb\n");

        Assert.Equal(["a [31mb"], _lines);
    }

    [Fact]
    public void A_line_without_an_end_has_a_limit()
    {
        Write(new string('x', 1_000_000));

        Assert.Equal([new string('x', HookOutput.MaxLine)], _lines);
    }

    [Fact]
    public void After_so_many_lines_one_says_that_there_are_more()
    {
        Write(string.Concat(Enumerable.Repeat("y\n", 10_000)));

        Assert.Equal(HookOutput.MaxLines + 1, _lines.Count);
        Assert.Equal("(more than 100 lines; the rest is dropped)", _lines[^1]);
    }

    private void Write(params string[] texts)
    {
        var output = new HookOutput(_lines.Add);
        foreach (var text in texts) output.Take(text);
        output.End();
    }
}
