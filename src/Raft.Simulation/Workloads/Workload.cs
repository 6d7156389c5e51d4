using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Simulation.Workloads;

/// <summary>
/// What is replicated and what clients do with it: the part of a simulation that is the user's. One is made for each run, and
/// used by one thread. For the same random numbers it must ask for the same.
/// </summary>
public abstract class Workload
{
    /// <summary>An empty state machine; made at each start of a node.</summary>
    public abstract IStateMachine CreateStateMachine();

    /// <summary>A client's next request.</summary>
    /// <param name="client">Which client: 0, 1, 2 …</param>
    /// <param name="random">The only source of chance.</param>
    public abstract Request NextRequest(int client, Random random);

    /// <summary>A request ended.</summary>
    /// <param name="operation">The request and what came of it.</param>
    public virtual void OnReturned(Operation operation) { }

    /// <summary>Looks at a node's state machine after each command that it applied.</summary>
    /// <param name="machine">One that <see cref="CreateStateMachine"/> made.</param>
    /// <returns>What is wrong, as a clause; null where nothing is.</returns>
    public virtual string? Examine(IStateMachine machine) => null;

    /// <summary>The name of the property that <see cref="Verify"/> judges, in lower case.</summary>
    public virtual string Criterion => "the workload's history";

    /// <summary>Judges a whole run by what its clients saw.</summary>
    /// <param name="history">All requests, in the order of their calls.</param>
    /// <returns>How many of them were judged.</returns>
    /// <exception cref="ViolationException">They could not have seen that.</exception>
    public virtual long Verify(IReadOnlyList<Operation> history) => 0;

    /// <summary>A command in words, for people who look at a log.</summary>
    /// <param name="command">The command's bytes.</param>
    public virtual string Describe(ReadOnlyMemory<byte> command) => $"{command.Length} bytes";
}

/// <summary>How a request is asked.</summary>
public enum RequestType
{
    /// <summary>A command: it goes into the log.</summary>
    Command,

    /// <summary>A linearizable query.</summary>
    Query,

    /// <summary>A query that any node may answer from an old state.</summary>
    StaleQuery,

    /// <summary>
    /// A linearizable query that the leader may answer from its lease; where leases are off it is an ordinary one.
    /// </summary>
    LeaseQuery,

    /// <summary>A linearizable query to the nearest node, which asks the leader only how far its state must reach.</summary>
    FollowerQuery,
}

/// <summary>A client's request.</summary>
/// <param name="Kind">How it is asked.</param>
/// <param name="Payload">The bytes for the state machine.</param>
/// <param name="Text">It in words, for example <c>put k1 = 17</c>; empty where <see cref="Workload.Describe"/> has them.</param>
/// <param name="Tag">Whatever the workload wants to find again in the <see cref="Operation"/>.</param>
public sealed record Request(RequestType Kind, ReadOnlyMemory<byte> Payload, string Text = "", object? Tag = null)
{
    /// <summary>A command's idempotency key; null for a command of the client's session.</summary>
    public IdempotencyKey? Key { get; init; }
}

/// <summary>How a request ended.</summary>
public enum OperationOutcome
{
    /// <summary>It is still under way, or was when the run ended: it may take effect or not.</summary>
    UnderWay,

    /// <summary>It was done, and the client has its result.</summary>
    Done,

    /// <summary>Nothing was and nothing will be done.</summary>
    NotDone,

    /// <summary>Nobody knows whether it was done, or will be.</summary>
    Unknown,
}

/// <summary>A client's request, from its call to its end.</summary>
/// <param name="client">Which client.</param>
/// <param name="request">What it asked for.</param>
/// <param name="invoked">The step of the run at which it was called.</param>
/// <param name="invokedAt">When that was, in virtual time.</param>
public sealed class Operation(int client, Request request, long invoked, TimeSpan invokedAt)
{
    /// <summary>Which client: 0, 1, 2 …</summary>
    public int Client { get; } = client;

    /// <summary>What it asked for.</summary>
    public Request Request { get; } = request;

    /// <summary>
    /// The step of the run at which it was called. Of two operations, steps tell which was first; times may be equal.
    /// </summary>
    public long Invoked { get; } = invoked;

    /// <summary>When it was called, in virtual time.</summary>
    public TimeSpan InvokedAt { get; } = invokedAt;

    /// <summary>How it ended.</summary>
    public OperationOutcome Outcome { get; internal set; }

    /// <summary>The state machine's answer, where it was done.</summary>
    public ReadOnlyMemory<byte> Result { get; internal set; }

    /// <summary>The step of the run at which it ended; null while it has not.</summary>
    public long? Returned { get; internal set; }

    /// <summary>When it ended, in virtual time; null while it has not.</summary>
    public TimeSpan? ReturnedAt { get; internal set; }

    /// <summary>The log index of the command, or the one that the answer reflects; 0 where it was not done.</summary>
    public long Index { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"c{Client + 1}: {Request.Text} ({Outcome})";
}
