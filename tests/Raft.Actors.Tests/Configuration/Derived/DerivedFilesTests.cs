using Raft.Actors.Configuration;
using Raft.Actors.Tests.Architecture;
using Xunit;

namespace Raft.Actors.Tests.Configuration.Derived;

/// <summary>
/// A setting is declared by its key in <c>reference.conf</c> and by its property; files in which people read of it follow from
/// these. <c>./dev settings</c> runs these tests with the variable WRITE_DERIVED, and they write the files.
/// </summary>
public sealed class DerivedFilesTests
{
    private const string Folder = "src/Raft.Actors/Configuration";
    private const string Page = "docs/configure.md";

    private static readonly RaftSettings Defaults = TestSettings.With("");

    [Fact]
    public void The_comments_of_the_reference_are_read_of_exactly_the_keys_that_it_has() =>
        Assert.Equal(
            ReferenceTests.Leaves.Order(StringComparer.Ordinal),
            ReferenceKey.All.Select(key => key.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_key_of_the_reference_says_what_it_means() =>
        Assert.All(ReferenceKey.All, key => Assert.True(key.Meaning.Length > 10, $"{key.Name} says '{key.Meaning}'."));

    [Fact]
    public void A_group_has_an_option_for_each_setting() => IsWritten(
        $"{Folder}/{nameof(RaftOptions)}.Settings.cs", OptionsFile.Of(nameof(RaftOptions), OptionsFile.OfNode, Defaults));

    [Fact]
    public void A_client_has_an_option_for_each_setting() => IsWritten(
        $"{Folder}/{nameof(RaftClientOptions)}.Settings.cs",
        OptionsFile.Of(nameof(RaftClientOptions), OptionsFile.OfClient, Defaults.Client));

    [Fact]
    public void The_page_on_configuration_has_a_row_for_each_setting() =>
        IsWritten(Page, KeyTable.In(File.ReadAllText(Repository.PathOf(Page))));

    private static void IsWritten(string file, string expected)
    {
        var path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable("WRITE_DERIVED") is { Length: > 0 }) File.WriteAllText(path, expected);
        var written = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(
            written == expected,
            $"{file} is not what follows from reference.conf and the settings; ./dev settings writes it. First difference: "
            + expected.Split('\n').Zip(written.Split('\n').Append("")).FirstOrDefault(l => l.First != l.Second));
    }
}
