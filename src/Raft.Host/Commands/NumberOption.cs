using System.CommandLine;

namespace Raft.Host.Commands;

/// <summary>An option that accepts a whole number within bounds.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, string description, int standard, int min, int max)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} From {min} to {max}.",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var n) || n < min || n > max))
                result.AddError($"{name} must be a whole number from {min} to {max}.");
        });
        return option;
    }
}
