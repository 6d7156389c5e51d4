using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Simulation.Workloads;

/// <summary>
/// The user's part of a simulation: the replicated state machine, and the requests of the clients. Each run has its own workload,
/// used by one thread. With the same random numbers it must produce the same requests.
/// </summary>
public abstract class Workload
{
    /// <summary>Creates an empty state machine. Called at each start of a node.</summary>
    public abstract IStateMachine CreateStateMachine();

    /// <summary>Returns the next request of a client.</summary>
    /// <param name="client">The client: 0, 1, 2 …</param>
    /// <param name="random">The only source of randomness.</param>
    public abstract Request NextRequest(int client, Random random);

    /// <summary>Called when a request has ended.</summary>
    /// <param name="operation">The request and its outcome.</param>
    public virtual void OnReturned(Operation operation) { }

    /// <summary>Checks the state machine of a node after each applied command.</summary>
    /// <param name="machine">A state machine that <see cref="CreateStateMachine"/> returned.</param>
    /// <returns>What is wrong, as a clause; null if nothing is.</returns>
    public virtual string? Examine(IStateMachine machine) => null;

    /// <summary>The name of the property that <see cref="Verify"/> checks, in lower case.</summary>
    public virtual string Criterion => "the workload's history";

    /// <summary>Checks a whole run by what its clients observed.</summary>
    /// <param name="history">All requests, ordered by invocation.</param>
    /// <returns>The number of checked requests.</returns>
    /// <exception cref="ViolationException">The clients observed something impossible.</exception>
    public virtual long Verify(IReadOnlyList<Operation> history) => 0;

    /// <summary>Describes a command for people who read a log.</summary>
    /// <param name="command">The bytes of the command.</param>
    public virtual string Describe(ReadOnlyMemory<byte> command) => $"{command.Length} bytes";
}

/// <summary>The type of a request.</summary>
public enum RequestType
{
    /// <summary>A command, which is appended to the log.</summary>
    Command,

    /// <summary>A linearizable query.</summary>
    Query,

    /// <summary>A query that any node may answer from an old state.</summary>
    StaleQuery,

    /// <summary>
    /// A linearizable query that the leader may answer under its lease. Without leases it is an ordinary linearizable query.
    /// </summary>
    LeaseQuery,

    /// <summary>
    /// A linearizable query to the nearest node, which asks the leader only up to which index its state must reach.
    /// </summary>
    FollowerQuery,
}

/// <summary>A request of a client.</summary>
/// <param name="Kind">The type of the request.</param>
/// <param name="Payload">The bytes for the state machine.</param>
/// <param name="Text">A description, such as <c>put k1 = 17</c>; empty if <see cref="Workload.Describe"/> provides it.</param>
/// <param name="Tag">Any data that the workload wants to find in the <see cref="Operation"/>.</param>
public sealed record Request(RequestType Kind, ReadOnlyMemory<byte> Payload, string Text = "", object? Tag = null)
{
    /// <summary>The idempotency key of a command; null for a command in the session of the client.</summary>
    public IdempotencyKey? Key { get; init; }
}

/// <summary>The outcome of a request.</summary>
public enum OperationOutcome
{
    /// <summary>The request is still in progress, or was when the run ended. It may or may not take effect.</summary>
    UnderWay,

    /// <summary>The request was done, and the client has its result.</summary>
    Done,

    /// <summary>The request has had no effect and never will.</summary>
    NotDone,

    /// <summary>The outcome is unknown: the request may or may not take effect.</summary>
    Unknown,
}

/// <summary>A request of a client, from its invocation to its end.</summary>
/// <param name="client">The client.</param>
/// <param name="request">The request.</param>
/// <param name="invoked">The step of the run at which it was invoked.</param>
/// <param name="invokedAt">The virtual time at which it was invoked.</param>
public sealed class Operation(int client, Request request, long invoked, TimeSpan invokedAt)
{
    /// <summary>The client: 0, 1, 2 …</summary>
    public int Client { get; } = client;

    /// <summary>The request.</summary>
    public Request Request { get; } = request;

    /// <summary>
    /// The step of the run at which it was invoked. Steps order operations; their times may be equal.
    /// </summary>
    public long Invoked { get; } = invoked;

    /// <summary>The virtual time at which it was invoked.</summary>
    public TimeSpan InvokedAt { get; } = invokedAt;

    /// <summary>The outcome.</summary>
    public OperationOutcome Outcome { get; internal set; }

    /// <summary>The result of the state machine, if the request was done.</summary>
    public ReadOnlyMemory<byte> Result { get; internal set; }

    /// <summary>The step of the run at which it ended; null if it has not.</summary>
    public long? Returned { get; internal set; }

    /// <summary>The virtual time at which it ended; null if it has not.</summary>
    public TimeSpan? ReturnedAt { get; internal set; }

    /// <summary>The log index of the command, or the index that the result reflects; 0 if the request was not done.</summary>
    public long Index { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"c{Client + 1}: {Request.Text} ({Outcome})";
}
