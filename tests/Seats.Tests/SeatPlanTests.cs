using System.Buffers;
using System.Text;
using System.Text.Json;
using Raft.Actors.Protocol;
using Seats.Domain;
using Xunit;

namespace Seats.Tests;

public sealed class SeatPlanTests
{
    private readonly SeatPlan _plan = new();
    private long _index;

    public SeatPlanTests() => Do(new OpenShow("hamlet", 4));

    [Fact]
    public void A_seat_is_sold_once()
    {
        Assert.IsType<SeatsBooked>(Do(new BookSeats("hamlet", "ann", [2, 1])));

        var refused = Assert.IsType<SeatsRefused>(Do(new BookSeats("hamlet", "bob", [2, 3])));

        Assert.Equal((SeatRefusal.Taken, "Taken already: 2."), (refused.Why, refused.Detail));
        Assert.Equal([3, 4], Show().Free);
    }

    [Fact]
    public void A_cancelled_booking_frees_its_seats()
    {
        var booked = Assert.IsType<SeatsBooked>(Do(new BookSeats("hamlet", "ann", [1])));

        Assert.IsType<BookingCancelled>(Do(new CancelBooking("hamlet", booked.Booking.Id)));

        Assert.IsType<SeatsBooked>(Do(new BookSeats("hamlet", "bob", [1])));
        Assert.IsType<SeatsRefused>(Do(new CancelBooking("hamlet", booked.Booking.Id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"$type\":\"burn\"}")]
    [InlineData("{\"$type\":\"book\",\"show\":\"hamlet\",\"customer\":\"ann\"}")]
    [InlineData("{\"$type\":\"book\",\"show\":\"hamlet\",\"customer\":\"ann\",\"seats\":null}")]
    [InlineData("{\"$type\":\"book\",\"show\":\"hamlet\",\"customer\":\"ann\",\"seats\":[]}")]
    [InlineData("{\"$type\":\"book\",\"show\":\"hamlet\",\"customer\":\"ann\",\"seats\":[1,1]}")]
    [InlineData("{\"$type\":\"book\",\"show\":\"hamlet\",\"customer\":\"ann\",\"seats\":[5]}")]
    [InlineData("{\"$type\":\"open\",\"show\":null,\"seats\":7}")]
    [InlineData("{\"$type\":\"open\",\"show\":\"lear\",\"seats\":0}")]
    public void An_invalid_command_is_rejected_and_never_throws(string command)
    {
        var result = Do(Encoding.UTF8.GetBytes(command));

        Assert.Equal(SeatRefusal.Invalid, Assert.IsType<SeatsRefused>(result).Why);
        Assert.Equal([1, 2, 3, 4], Show().Free);
    }

    [Fact]
    public void A_snapshot_restores_all_of_it()
    {
        Do(new BookSeats("hamlet", "ann", [2]));
        Do(new OpenShow("lear", 9));
        var snapshot = new ArrayBufferWriter<byte>();
        _plan.TakeSnapshot(snapshot);

        var restored = new SeatPlan();
        Do(restored, new OpenShow("gone", 1));
        restored.Restore(new ReadOnlySequence<byte>(snapshot.WrittenMemory));

        var again = new ArrayBufferWriter<byte>();
        restored.TakeSnapshot(again);
        Assert.Equal(snapshot.WrittenSpan, again.WrittenSpan);
        Assert.Equal(2, restored.Shows.Count);
    }

    private SeatResult Do(SeatCommand command) => Do(_plan, command);

    private SeatResult Do(SeatPlan plan, SeatCommand command) =>
        Do(plan, JsonSerializer.SerializeToUtf8Bytes(command, SeatJson.Default.SeatCommand));

    private SeatResult Do(ReadOnlyMemory<byte> command) => Do(_plan, command);

    private SeatResult Do(SeatPlan plan, ReadOnlyMemory<byte> command) =>
        JsonSerializer.Deserialize(plan.Apply(new LogIndex(++_index), command).Span, SeatJson.Default.SeatResult)!;

    private ShowState Show() => JsonSerializer.Deserialize(
        _plan.Query(JsonSerializer.SerializeToUtf8Bytes(new GetShow("hamlet"), SeatJson.Default.GetShow)).Span,
        SeatJson.Default.ShowState)!;
}
