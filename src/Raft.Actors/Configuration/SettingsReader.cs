using System.Globalization;
using Akka.Configuration;
using Raft.Actors.Membership;

namespace Raft.Actors.Configuration;

/// <summary>Reads single values and turns a parser's error into one line that names the key.</summary>
internal sealed class SettingsReader(Config config)
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(24);

    public string Text(string key) => Read(key, "a text", () => config.GetString(key));

    public T Parsed<T>(string key, Func<string, T> parse)
    {
        var text = Text(key);
        if (text.Length == 0) throw new RaftConfigurationException($"{key} is not set.");
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new RaftConfigurationException($"{key}: {e.Message}", e);
        }
    }

    public IReadOnlyList<RaftMember> Members(string key)
    {
        var items = Read(key, "a list of members", () => config.GetStringList(key));
        try
        {
            return RaftMember.ParseList(string.Join(',', items));
        }
        catch (FormatException e)
        {
            throw new RaftConfigurationException($"{key}: {e.Message}", e);
        }
    }

    public TimeSpan Duration(string key)
    {
        var value = Read(key, "a duration such as 150ms or 1s", () => config.GetTimeSpan(key, allowInfinite: false));
        return value > TimeSpan.Zero && value <= MaxDuration
            ? value
            : throw new RaftConfigurationException(
                $"{key} is {value.TotalMilliseconds} ms; it must be above 0 and at most {MaxDuration.TotalHours} hours.");
    }

    public bool Flag(string key) => Read(key, "on or off", () => config.GetBoolean(key));

    /// <summary>A fraction from 0 to below <paramref name="limit"/>.</summary>
    public double Fraction(string key, double limit)
    {
        var value = Read(key, "a number such as 0.02", () => config.GetDouble(key));
        return value >= 0 && value < limit
            ? value
            : throw new RaftConfigurationException(
                string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be at least 0 and below {limit}."));
    }

    /// <summary>One of the names of an enumeration, in lower case.</summary>
    public T OneOf<T>(string key)
        where T : struct, Enum
    {
        var text = Text(key);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        var names = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        throw new RaftConfigurationException($"{key} is '{text}'; it must be one of {names}.");
    }

    public int Count(string key, int min)
    {
        var value = Read(key, "a whole number", () => config.GetInt(key));
        return value >= min ? value : throw new RaftConfigurationException($"{key} is {value}; it must be at least {min}.");
    }

    public int Bytes(string key, int min = 1)
    {
        var value = Read(key, "a size such as 512KiB", () => config.GetByteSize(key)) ?? 0;
        return value >= min && value <= int.MaxValue
            ? (int)value
            : throw new RaftConfigurationException($"{key} is {value} bytes; it must be {min} to {int.MaxValue}.");
    }

    private T Read<T>(string key, string expected, Func<T> read)
    {
        if (!config.HasPath(key))
            throw new RaftConfigurationException($"{key} is missing; is RaftConfig.Reference below the configuration?");
        try
        {
            return read();
        }
        catch (Exception e) when (
            e is FormatException or ArgumentException or OverflowException or NotSupportedException or ConfigurationException)
        {
            throw new RaftConfigurationException($"{key} is '{Raw(key)}'; it must be {expected}.", e);
        }
    }

    private string Raw(string key) => config.GetString(key) ?? "";
}
