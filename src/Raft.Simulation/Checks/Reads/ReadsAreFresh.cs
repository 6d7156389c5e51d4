using Raft.Simulation.Workloads;

namespace Raft.Simulation.Checks.Reads;

/// <summary>
/// No read misses what was known before it was invoked: the state that answers a query, unless it may be stale, contains every
/// command that was acknowledged to a client by then, and everything that an earlier answer reflected (Raft §8, dissertation
/// §6.4).
/// </summary>
internal sealed class ReadsAreFresh : Check
{
    private readonly Dictionary<Operation, (long Index, string By)> _known = [];
    private (long Index, string By) _newest = (0, "nothing was done");

    /// <inheritdoc/>
    public override string Name => "reads are fresh";

    /// <inheritdoc/>
    public override string Source => "Raft §8, dissertation §6.4, hazards 12 and 13";

    /// <inheritdoc/>
    public override void OnInvoked(Operation operation)
    {
        if (operation.Request.Kind is not (RequestType.Command or RequestType.StaleQuery)) _known[operation] = _newest;
    }

    /// <inheritdoc/>
    public override void OnReturned(Operation operation)
    {
        var isQuestion = _known.Remove(operation, out var known);
        if (operation.Outcome != OperationOutcome.Done || operation.Request.Kind == RequestType.StaleQuery) return;
        if (isQuestion) Compare(operation, known.Index, known.By);
        if (operation.Index > _newest.Index)
            _newest = (operation.Index, $"{Show(operation)} was done at index {operation.Index}");
    }

    private void Compare(Operation operation, long index, string by)
    {
        Examine();
        if (operation.Index < index)
            throw Violated(by, $"{Show(operation)}, asked afterwards, was answered from a state of index {operation.Index}");
    }

    private static string Show(Operation operation) =>
        $"'{operation.Request.Text}' of {(operation.Client < 0 ? "client" : $"c{operation.Client + 1}")}";
}
