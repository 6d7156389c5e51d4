namespace Seats.Domain;

/// <summary>A show: its seats and bookings.</summary>
internal sealed class Show(string name, int seats)
{
    private readonly SortedDictionary<long, Booking> _bookings = [];

    public Show(ShowState state)
        : this(state.Show, state.Seats)
    {
        foreach (var booking in state.Bookings) _bookings.Add(booking.Id, booking);
    }

    public int Seats => seats;

    public IReadOnlyCollection<Booking> Bookings => _bookings.Values;

    public ShowState State => new(name, seats, [.. Enumerable.Range(1, seats).Except(Taken)], [.. Bookings]);

    private IEnumerable<int> Taken => Bookings.SelectMany(b => b.Seats);

    public SeatResult Book(long id, string customer, int[] wanted)
    {
        if (wanted.Length == 0 || wanted.Distinct().Count() != wanted.Length || wanted.Any(s => s < 1 || s > seats))
            return new SeatsRefused(SeatRefusal.Invalid, $"Name each seat once; {name} has seats 1 to {seats}.");
        if (wanted.Intersect(Taken).Order().ToArray() is { Length: > 0 } taken)
            return new SeatsRefused(SeatRefusal.Taken, $"Taken already: {string.Join(", ", taken)}.");
        var booking = new Booking(id, customer, [.. wanted.Order()]);
        _bookings.Add(id, booking);
        return new SeatsBooked(booking);
    }

    public SeatResult Cancel(long id) => _bookings.Remove(id, out var booking)
        ? new BookingCancelled(booking)
        : new SeatsRefused(SeatRefusal.NotFound, $"{name} has no booking {id}.");
}
