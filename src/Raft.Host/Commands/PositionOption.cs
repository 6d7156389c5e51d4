using System.CommandLine;

namespace Raft.Host.Commands;

/// <summary>An option that takes an index or a revision.</summary>
internal static class PositionOption
{
    /// <summary>Makes the option. Without it the value is null, else a whole number above 0.</summary>
    public static Option<long?> Create(string name, string description)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!long.TryParse(result.Tokens[0].Value, out var position) || position < 1))
                result.AddError($"{name} must be a whole number above 0.");
        });
        return option;
    }
}
