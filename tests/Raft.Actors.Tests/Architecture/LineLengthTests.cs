using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>Holds the <c>max_line_length</c> of .editorconfig, which no tool checks for C#.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 130;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("examples")]
    public void No_line_of_code_is_longer_than_the_limit(string folder) =>
        Assert.Empty(
            from file in Repository.Files(folder, ".cs", ".js", ".css", ".conf", ".proto")
            from line in File.ReadLines(file).Index()
            where line.Item.Length > Limit
            select $"{file}:{line.Index + 1} has {line.Item.Length} characters.");
}
