using System.CommandLine;

namespace Raft.Host.Commands;

/// <summary>An option that accepts a log index or a revision.</summary>
internal static class PositionOption
{
    /// <summary>Creates the option. Its value is a positive whole number, or null if the option is not given.</summary>
    public static Option<long?> Create(string name, string description)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!long.TryParse(result.Tokens[0].Value, out var position) || position < 1))
                result.AddError($"{name} must be a positive whole number.");
        });
        return option;
    }
}
