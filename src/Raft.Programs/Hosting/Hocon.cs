using Akka.Configuration;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Programs.Hosting;

/// <summary>Configuration: the <c>hocon</c> folder beside the program, and what every program derives from variables.</summary>
internal static class Hocon
{
    /// <summary>Reads files, the first of them over the others.</summary>
    /// <exception cref="StartupException">A file is missing or does not parse.</exception>
    public static Config Load(params IEnumerable<string> files) =>
        files.Select(Load).Aggregate(Config.Empty, (config, file) => config.WithFallback(file));

    /// <summary>Reads a text.</summary>
    /// <param name="source">What it is, for the message.</param>
    /// <param name="hocon">The text; may be empty.</param>
    /// <exception cref="StartupException">It does not parse.</exception>
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

    /// <summary>Where Akka.Remote listens, and under which address others reach it.</summary>
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
            : throw new StartupException($"{path} is missing; install the program with its hocon folder.");
    }
}
