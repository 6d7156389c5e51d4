using System.CommandLine;

namespace Raft.Host.Commands;

/// <summary>
/// <c>raft completion</c>: prints a shell script that completes commands, options and node names. The script calls the program
/// (<c>raft completion suggest</c>), so the suggestions always match the installed version.
/// </summary>
internal static class CompletionCommand
{
    private static readonly (string Shell, string Install, string Script)[] Shells =
    [
        ("bash", "eval \"$(raft completion bash)\"    in ~/.bashrc", """
            _raft_complete() {
                local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
                COMPREPLY=($(compgen -W "$(raft completion suggest "$COMP_POINT" "$COMP_LINE" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _raft_complete raft
            """),
        ("zsh", "eval \"$(raft completion zsh)\"     in ~/.zshrc, after compinit", """
            _raft_complete() {
                local -a words_of_raft
                words_of_raft=("${(@f)$(raft completion suggest "$CURSOR" "$BUFFER" 2>/dev/null)}")
                compadd -a words_of_raft
            }
            compdef _raft_complete raft
            """),
        ("fish", "raft completion fish | source     in ~/.config/fish/config.fish", """
            complete -c raft -f -a '(raft completion suggest (commandline -C) (commandline -p) 2>/dev/null)'
            """),
        ("powershell", "raft completion powershell | Out-String | Invoke-Expression     in $PROFILE", """
            Register-ArgumentCompleter -Native -CommandName raft -ScriptBlock {
                param($word, $line, $position)
                raft completion suggest $position "$line" 2>$null |
                    Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """),
    ];

    /// <summary>Aliases of <c>--help</c>, which are not suggested.</summary>
    private static readonly string[] ShortHelp = ["-h", "-?"];

    /// <summary>Creates the command.</summary>
    /// <param name="root">The whole command line, whose commands and options are suggested.</param>
    public static Command Create(Func<RootCommand> root)
    {
        var command = new Command("completion", "Print a shell script that completes commands, options and node names.");
        foreach (var (shell, install, script) in Shells)
        {
            var print = new Command(shell, $"For {shell}: {install}");
            print.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(script.ReplaceLineEndings("\n")));
            command.Add(print);
        }

        command.Add(CreateSuggest(root));
        return command;
    }

    /// <summary>Returns the completions at a position of a command line.</summary>
    /// <param name="root">The whole command line.</param>
    /// <param name="line">The line as typed, starting with the name of the program.</param>
    /// <param name="position">The position of the cursor.</param>
    public static IEnumerable<string> Suggest(RootCommand root, string line, int position)
    {
        var typed = line[..Math.Clamp(position, 0, line.Length)].PadRight(position);
        var arguments = typed.IndexOf(' ') is >= 0 and var end ? typed[(end + 1)..] : "";
        var word = arguments[(arguments.LastIndexOf(' ') + 1)..];
        var words = RaftCommandLine.Parse(root, arguments).GetCompletions(arguments.Length)
            .Select(c => c.InsertText ?? c.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal) && !ShortHelp.Contains(text))
            .Distinct().ToArray();

        // There are many options; suggest them only after a dash, or if nothing else fits.
        var others = words.Where(text => !text.StartsWith('-')).ToArray();
        return others.Length > 0 ? others : words;
    }

    private static Command CreateSuggest(Func<RootCommand> root)
    {
        var position = new Argument<int>("POSITION") { Description = "The position of the cursor." };
        var line = new Argument<string>("LINE") { Description = "The command line as typed." };
        var command = new Command(
            "suggest", "Print the completions at a position of a command line (used by the scripts).") { position, line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var text in Suggest(root(), parsed.GetRequiredValue(line), parsed.GetValue(position)))
                parsed.InvocationConfiguration.Output.WriteLine(text);
        });
        return command;
    }
}
