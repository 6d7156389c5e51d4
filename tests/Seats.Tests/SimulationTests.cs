using System.Text.Json;
using Raft.Actors.StateMachines;
using Raft.Simulation;
using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;
using Seats.Domain;
using Xunit;

namespace Seats.Tests;

/// <summary>
/// The seat plan under all faults of the simulation: no acknowledged booking is lost, and no seat is sold twice.
/// </summary>
public sealed class SimulationTests
{
    [Fact]
    public void No_seat_is_sold_twice_and_no_booking_that_was_acknowledged_is_lost()
    {
        var options = new SimulationOptions
        {
            Faults = FaultOptions.All,
            Duration = TimeSpan.FromSeconds(20),
            Workload = () => new BoxOffice(),
        };

        var report = new Simulator(options).Run(new SeedRange(1, 10));

        Assert.Empty(report.Failures.Select(run => $"seed {run.Seed}: {run.Violation}"));
        Assert.InRange(report.Committed, 200, long.MaxValue);
    }

    /// <summary>Customers who compete for few seats of one show.</summary>
    private sealed class BoxOffice : Workload
    {
        private const int Seats = 40;

        public override IStateMachine CreateStateMachine() => new SeatPlan();

        public override Request NextRequest(int client, Random random) => random.Next(10) switch
        {
            0 => Command(new OpenShow("hamlet", Seats)),
            1 => Command(new CancelBooking("hamlet", random.Next(1, 60))),
            _ => Command(new BookSeats("hamlet", $"c{client}", [random.Next(1, Seats + 1), random.Next(1, Seats + 2)])),
        };

        public override string? Examine(IStateMachine machine) => ((SeatPlan)machine).Shows
            .SelectMany(show => show.Bookings.SelectMany(b => b.Seats))
            .GroupBy(seat => seat)
            .FirstOrDefault(seat => seat.Count() > 1) is { } twice ? $"seat {twice.Key} is sold {twice.Count()} times" : null;

        public override string Criterion => "acknowledged bookings keep their seats";

        /// <summary>A second customer gets a seat only if a cancellation may have come between.</summary>
        public override long Verify(IReadOnlyList<Operation> history)
        {
            var results = history.Where(o => o.Outcome == OperationOutcome.Done).OrderBy(o => o.Index)
                .Select(o => (o.Index, Result: JsonSerializer.Deserialize(o.Result.Span, SeatJson.Default.SeatResult)));
            var cancelled = history.Where(o => o.Outcome != OperationOutcome.NotDone)
                .Select(o => o.Request.Tag).OfType<CancelBooking>().Select(c => c.Booking).ToHashSet();
            var holders = new Dictionary<int, Booking>();
            var booked = 0;
            foreach (var booking in results.Select(r => r.Result).OfType<SeatsBooked>().Select(r => r.Booking))
            {
                booked++;
                foreach (var seat in booking.Seats)
                {
                    if (holders.TryGetValue(seat, out var holder) && holder.Id != booking.Id && !cancelled.Contains(holder.Id))
                        throw new ViolationException(new Violation(
                            Criterion, "a seat is sold once", $"{holder} was acknowledged", $"so was {booking}"));
                    holders[seat] = booking;
                }
            }

            return booked;
        }

        private static Request Command(SeatCommand command) => new(
            RequestType.Command,
            JsonSerializer.SerializeToUtf8Bytes(command, SeatJson.Default.SeatCommand),
            $"{command}",
            command);
    }
}
