using System.CommandLine;

namespace Raft.Host.Commands;

/// <summary>An option that accepts one word of a fixed list.</summary>
internal static class ChoiceOption
{
    /// <summary>Creates the option. The first word is the default.</summary>
    public static Option<string> Create(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
        };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !words.Contains(result.Tokens[0].Value))
                result.AddError(
                    $"{name} is '{result.Tokens[0].Value}'; it must be {string.Join(", ", words[..^1])} or {words[^1]}.");
        });
        return option;
    }
}
