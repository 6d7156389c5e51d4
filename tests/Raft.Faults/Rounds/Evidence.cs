using Raft.Simulation.Histories;

namespace Raft.Faults.Rounds;

/// <summary>Writes the evidence of a round that went wrong.</summary>
internal static class Evidence
{
    private static readonly KeyValueModel Model = new();

    /// <summary>Writes the contradictions, and the whole history in the order of its calls.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="round">The round.</param>
    public static Task WriteAsync(string folder, Round round) => File.WriteAllLinesAsync(
        Path.Combine(folder, $"evidence-{round.Name}.txt"),
        [
            .. round.Verdict.Evidence,
            .. round.MissingKeys.Select(key => $"{key}: was acknowledged and is not there"),
            "",
            .. round.Recorder.Operations.OrderBy(operation => operation.Invoked).Select(Describe),
        ]);

    private static string Describe(Operation<KeyValueInput, KeyValueOutput> operation) =>
        $"{operation.Invoked}..{(operation.Returned is { } returned ? $"{returned}" : "?")} {operation.Client} "
        + (operation.Output is { } output ? Model.Describe(operation.Input, output) : $"{operation.Input}: outcome unknown");
}
