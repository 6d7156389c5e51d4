using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Seats.Domain;
using Xunit;

namespace Seats.Tests;

/// <summary>How a service tests its own code without a node: it fakes the group's client.</summary>
public sealed class SeatsClientTests : IDisposable
{
    private readonly FakeRaftClient _raft = new();

    public void Dispose() => _raft.Dispose();

    [Fact]
    public async Task A_booking_is_read_back()
    {
        var seats = new SeatsClient(_raft);
        await seats.ExecuteAsync(new OpenShow("hamlet", 4), key: null, CancellationToken.None);

        var booked = await seats.ExecuteAsync(new BookSeats("hamlet", "ann", [2, 1]), key: null, CancellationToken.None);

        var show = await seats.GetAsync("hamlet", CancellationToken.None);
        Assert.Equal([1, 2], Assert.IsType<SeatsBooked>(booked).Booking.Seats);
        Assert.Equal([3, 4], show?.Free);
    }

    [Fact]
    public async Task A_command_is_sent_with_the_key_of_its_request()
    {
        await new SeatsClient(_raft).ExecuteAsync(new OpenShow("hamlet", 4), new IdempotencyKey("k1"), CancellationToken.None);

        Assert.Equal([new IdempotencyKey("k1")], _raft.Keys);
    }

    [Fact]
    public async Task An_unknown_outcome_reaches_the_caller()
    {
        _raft.Failure = new OutcomeUnknownException("No leader answered within 5000 ms.");

        await Assert.ThrowsAsync<OutcomeUnknownException>(
            () => new SeatsClient(_raft).ExecuteAsync(new OpenShow("hamlet", 4), key: null, CancellationToken.None));
    }

    /// <summary>Applies commands to a state machine in memory, or fails with <see cref="Failure"/>.</summary>
    private sealed class FakeRaftClient : IRaftClient
    {
        private readonly SeatPlan _plan = new();
        private long _index;

        public RaftClientException? Failure { get; set; }

        public List<IdempotencyKey> Keys { get; } = [];

        public Task<CommandApplied> ProposeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
        {
            if (Failure is { } failure) return Task.FromException<CommandApplied>(failure);
            var index = new LogIndex(++_index);
            return Task.FromResult(new CommandApplied(RequestId: 0, index, new Term(1), _plan.Apply(index, command)));
        }

        public Task<CommandApplied> ProposeAsync(
            ReadOnlyMemory<byte> command, IdempotencyKey key, CancellationToken cancellationToken = default)
        {
            Keys.Add(key);
            return ProposeAsync(command, cancellationToken);
        }

        public Task<QueryAnswered> QueryAsync(
            ReadOnlyMemory<byte> query,
            ReadConsistency consistency = ReadConsistency.Linearizable,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new QueryAnswered(RequestId: 0, new LogIndex(_index), _plan.Query(query)));

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
