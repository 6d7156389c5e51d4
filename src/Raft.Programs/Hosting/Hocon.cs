using Akka.Configuration;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Programs.Hosting;

/// <summary>
/// Loads configuration from the <c>hocon</c> folder of the program, and derives common settings from variables.
/// </summary>
internal static class Hocon
{
    /// <summary>Loads files. Earlier files override later ones.</summary>
    /// <exception cref="StartupException">A file is missing or does not parse.</exception>
    public static Config Load(params IEnumerable<string> files) =>
        files.Select(Load).Aggregate(Config.Empty, (config, file) => config.WithFallback(file));

    /// <summary>Parses a text.</summary>
    /// <param name="source">The source of the text, for the error message.</param>
    /// <param name="hocon">The text, which may be empty.</param>
    /// <exception cref="StartupException">The text does not parse.</exception>
    public static Config Parse(string source, string hocon)
    {
        try
        {
            return hocon.Length == 0 ? Config.Empty : ConfigurationFactory.ParseString(hocon);
        }
        catch (Exception e) when (e is ConfigurationException or FormatException)
        {
            throw new StartupException($"{source} does not parse: {e.Message}", e);
        }
    }

    /// <summary>Returns HOCON for the addresses on which Akka.Remote listens and which it advertises.</summary>
    public static string Remote(OwnAddress remote) => $$"""
        akka.remote.dot-netty.tcp {
          hostname = "{{remote.Listening.Host.Trim('[', ']')}}"
          port = {{remote.Listening.Port}}
          public-hostname = "{{remote.Advertised.Host}}"
          public-port = {{remote.Advertised.Port}}
        }

        """;

    private static Config Load(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "hocon", file);
        return File.Exists(path)
            ? Parse(path, File.ReadAllText(path))
            : throw new StartupException($"{path} is missing. Install the program with its hocon folder.");
    }
}
