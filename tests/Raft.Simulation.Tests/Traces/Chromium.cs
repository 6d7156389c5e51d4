using System.Diagnostics;
using Xunit;

namespace Raft.Simulation.Tests.Traces;

/// <summary>A real browser; .ci/run installs it.</summary>
internal static class Chromium
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "chromium"))
        .FirstOrDefault(File.Exists);

    /// <summary>Returns the document of the page after its scripts have run, as HTML.</summary>
    /// <param name="page">The page.</param>
    /// <param name="beside">Files next to the page, which it may load from the disk; none, as for a reader.</param>
    public static string Open(string page, params IReadOnlyList<(string Name, string Text)> beside)
    {
        var folder = Directory.CreateTempSubdirectory("raft-page-");
        try
        {
            var file = System.IO.Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(file, page);
            foreach (var (name, text) in beside) File.WriteAllText(System.IO.Path.Combine(folder.FullName, name), text);
            var start = new ProcessStartInfo(Path!) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])
                ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                $"--user-data-dir={folder.FullName}/profile", "--virtual-time-budget=5000", "--dump-dom", $"file://{file}"])
                start.ArgumentList.Add(argument);
            if (beside.Count > 0) start.ArgumentList.Insert(0, "--allow-file-access-from-files");
            using var browser = Process.Start(start)!;
            browser.ErrorDataReceived += (_, _) => { };
            browser.BeginErrorReadLine();
            var document = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            return document;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>A test that opens a page in Chromium. It is reported as skipped if Chromium is missing.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null) Skip = "Chromium is not installed; .ci/run installs it.";
    }
}

/// <summary>The same for a theory.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Chromium.Path is null) Skip = "Chromium is not installed; .ci/run installs it.";
    }
}
