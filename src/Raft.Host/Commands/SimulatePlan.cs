using System.Globalization;
using Akka.Configuration;
using Raft.Simulation;
using Raft.Simulation.Faults;

namespace Raft.Host.Commands;

/// <summary>What <c>raft simulate</c> runs.</summary>
/// <param name="Simulator">The simulator.</param>
/// <param name="Seeds">The seeds to run.</param>
/// <param name="Parallelism">The number of runs at a time; 0 uses all cores.</param>
/// <param name="Folder">The folder for pages. It may not exist yet.</param>
/// <param name="Options">The options that determine a run, as command-line text.</param>
internal sealed record SimulatePlan(Simulator Simulator, SeedRange Seeds, int Parallelism, string Folder, string Options)
{
    /// <summary>The default folder for pages.</summary>
    public const string DefaultFolder = "simulation";

    /// <summary>The maximum number of runs at a time.</summary>
    public const int MaxParallelism = 256;

    /// <summary>How many failures are investigated. Each one takes many more runs.</summary>
    public const int MaxInvestigations = 3;

    /// <summary>Parses the options and checks that pages can be written, before anything is changed.</summary>
    /// <exception cref="FormatException">An option is invalid. The message is one line that names it.</exception>
    public static SimulatePlan Read(
        string seeds,
        string nodes,
        string bootstrap,
        string duration,
        string faults,
        string clients,
        string? folder,
        string parallel,
        SimulationOptions standard)
    {
        var range = Named("--seeds", () => SeedRange.Parse(seeds));
        var options = standard with
        {
            Nodes = Named("--nodes", () => Number(nodes, 1, SimulationOptions.MaxNodes)),
            BootstrapExpect = Named("--bootstrap", () => Number(bootstrap, 0, SimulationOptions.MaxNodes)),
            Duration = Named("--duration", () => Duration(duration)),
            Faults = Named("--faults", () => FaultOptions.Parse(faults)),
            Clients = Named("--clients", () => Number(clients, 1, 1000)),
        };
        Named("--bootstrap", () => new Simulator(options with { Duration = standard.Duration }));
        var simulator = Named("--duration", () => new Simulator(options));
        var parallelism = Named("--parallel", () => Number(parallel, 0, MaxParallelism));
        return new SimulatePlan(
            simulator,
            range,
            parallelism,
            folder is null ? Path.GetFullPath(DefaultFolder) : Named("--out", () => Writable(folder)),
            $"--nodes {options.Nodes}{Bootstrap(options)} --duration {Bare(duration)} --faults {Bare(faults)} "
            + $"--clients {options.Clients}");
    }

    /// <summary>Returns the command that repeats a seed.</summary>
    public string CommandFor(long seed) => $"raft simulate --seeds {seed} {Options}";

    private static string Bootstrap(SimulationOptions options) =>
        options.BootstrapExpect == 0 ? "" : $" --bootstrap {options.BootstrapExpect}";

    private static T Named<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new FormatException($"{option}: {e.Message}", e);
        }
    }

    private static int Number(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"'{text}' is not a whole number from {min} to {max}.");

    /// <summary>Parses a duration in HOCON syntax, as in the settings of the nodes.</summary>
    private static TimeSpan Duration(string text)
    {
        const string Key = "duration";
        try
        {
            if (text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or ' '))) throw new FormatException();
            return ConfigurationFactory.ParseString($"{Key} = \"{text}\"").GetTimeSpan(Key, allowInfinite: false);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or ConfigurationException)
        {
            throw new FormatException($"'{text}' is not a duration. Use a value such as 500ms, 60s or 5m.", e);
        }
    }

    private static string Writable(string folder)
    {
        try
        {
            var path = Path.GetFullPath(folder);
            if (File.Exists(path)) throw new FormatException($"{path} is a file. Name a folder.");
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".raft-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"can't write to the folder '{folder}': {e.Message}", e);
        }
    }

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
