using System.Diagnostics;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>The README's first command.</summary>
[Collection(nameof(ProcessTests))]
public sealed class DotnetRunTests
{
    /// <summary>The Web SDK would run the program in the project's folder, and the journals would not be in ./data.</summary>
    [Fact]
    public async Task Dotnet_run_keeps_the_callers_folder()
    {
        using var msbuild = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Repository.PathOf("src/Raft.Host"), "-getProperty:RunWorkingDirectory"])
        {
            RedirectStandardOutput = true,
        })!;
        var folder = await msbuild.StandardOutput.ReadToEndAsync();
        await msbuild.WaitForExitAsync();

        Assert.Equal(0, msbuild.ExitCode);
        Assert.Equal("", folder.Trim());
    }
}
