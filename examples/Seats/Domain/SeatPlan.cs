using System.Buffers;
using System.Text.Json;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Seats.Domain;

/// <summary>
/// The replicated state: shows and bookings. It is deterministic: the same commands in the same order produce the same plan on
/// every node. It uses no clock, no random numbers, and no order of a hash table.
/// </summary>
internal sealed class SeatPlan : IStateMachine
{
    public const int MaxSeats = 10_000;

    private readonly SortedDictionary<string, Show> _shows = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Show> Shows => _shows.Values;

    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command) =>
        JsonSerializer.SerializeToUtf8Bytes(Apply(index.Value, Read(command)), SeatJson.Default.SeatResult);

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query)
    {
        var asked = JsonSerializer.Deserialize(query.Span, SeatJson.Default.GetShow);
        var show = asked is null ? null : _shows.GetValueOrDefault(asked.Show);
        return JsonSerializer.SerializeToUtf8Bytes(show?.State, SeatJson.Default.ShowState!);
    }

    public void TakeSnapshot(IBufferWriter<byte> snapshot)
    {
        using var writer = new Utf8JsonWriter(snapshot);
        JsonSerializer.Serialize(writer, new SeatPlanState([.. Shows.Select(s => s.State)]), SeatJson.Default.SeatPlanState);
    }

    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        var reader = new Utf8JsonReader(snapshot);
        _shows.Clear();
        foreach (var show in JsonSerializer.Deserialize(ref reader, SeatJson.Default.SeatPlanState)!.Shows)
            _shows.Add(show.Show, new Show(show));
    }

    private SeatResult Apply(long index, SeatCommand? command) => command switch
    {
        OpenShow open => Open(open),
        BookSeats book => Find(book.Show)?.Book(index, book.Customer, book.Seats) ?? NoShow(book.Show),
        CancelBooking cancel => Find(cancel.Show)?.Cancel(cancel.Booking) ?? NoShow(cancel.Show),
        _ => new SeatsRefused(SeatRefusal.Invalid, "This is no command."),
    };

    private SeatResult Open(OpenShow open)
    {
        if (open.Seats is < 1 or > MaxSeats) return new SeatsRefused(SeatRefusal.Invalid, $"A show has 1 to {MaxSeats} seats.");
        if (Find(open.Show) is { } there && there.Seats != open.Seats)
            return new SeatsRefused(SeatRefusal.Taken, $"{open.Show} is open already, with {there.Seats} seats.");
        _shows.TryAdd(open.Show, new Show(open.Show, open.Seats));
        return new ShowOpened(open.Show, open.Seats);
    }

    private Show? Find(string show) => _shows.GetValueOrDefault(show);

    private static SeatsRefused NoShow(string show) => new(SeatRefusal.NotFound, $"There is no show {show}.");

    /// <summary>An exception would stop this node and all others, so an invalid command gets a result instead.</summary>
    private static SeatCommand? Read(ReadOnlyMemory<byte> command)
    {
        try
        {
            return JsonSerializer.Deserialize(command.Span, SeatJson.Default.SeatCommand);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>A whole plan, as in a snapshot.</summary>
internal sealed record SeatPlanState(IReadOnlyList<ShowState> Shows);
