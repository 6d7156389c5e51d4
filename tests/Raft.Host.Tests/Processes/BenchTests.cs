using System.Text.Json;
using Xunit;

namespace Raft.Host.Tests.Processes;

[Collection(nameof(ProcessTests))]
public sealed class BenchTests
{
    [Theory]
    [InlineData("write")]
    [InlineData("read")]
    public async Task A_measurement_for_programs_is_one_JSON_object_that_names_its_mode(string mode)
    {
        using var data = new TempFolder();

        var (code, output) = await RaftProcess.RunAsync(
            ["bench", "--mode", mode, "--json", .. Small, "--data", data.File("bench")]);

        Assert.True(code == 0, output);
        var result = JsonSerializer.Deserialize<JsonElement>(output);
        string[] names =
            ["opsPerSecond", "p50Ms", "p99Ms", "maxMs", "allocatedBytes", "errors", "clients", "count", "size", "mode"];
        Assert.Equal(names, result.EnumerateObject().Select(p => p.Name));
        Assert.Equal(mode, result.GetProperty("mode").GetString());
        Assert.Equal(0, result.GetProperty("errors").GetInt32());
        Assert.True(result.GetProperty("opsPerSecond").GetDouble() > 0);
        Assert.Empty(Directory.GetFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task A_measurement_for_people_names_its_mode_and_without_one_it_is_of_writes()
    {
        using var data = new TempFolder();

        var (code, output) = await RaftProcess.RunAsync(["bench", .. Small, "--data", data.File("bench")]);

        Assert.True(code == 0, output);
        Assert.Contains($"mode{"write",24}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mode", "reads", "--mode is 'reads'; it must be write or read.")]
    [InlineData("--mode", "", "--mode is ''; it must be write or read.")]
    [InlineData("--clients", "0", "--clients must be a whole number from 1 to 10000.")]
    public async Task A_bad_option_is_one_line_and_ends_with_code_2(string option, string value, string expected)
    {
        var (code, output) = await RaftProcess.RunAsync(["bench", option, value]);

        Assert.Equal(2, code);
        Assert.Equal(expected, output.Split('\n')[0].TrimEnd());
    }

    private static string[] Small => ["--count", "50", "--warmup", "10", "--clients", "4"];
}
