using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seats.Domain;

/// <summary>The commands. They are stored in the log, so a released command keeps its name and its properties.</summary>
[JsonDerivedType(typeof(OpenShow), "open")]
[JsonDerivedType(typeof(BookSeats), "book")]
[JsonDerivedType(typeof(CancelBooking), "cancel")]
public abstract record SeatCommand;

/// <summary>Begins the sale of seats 1 to <paramref name="Seats"/>.</summary>
public sealed record OpenShow(string Show, int Seats) : SeatCommand;

/// <summary>Books all of the seats, or none.</summary>
public sealed record BookSeats(string Show, string Customer, int[] Seats) : SeatCommand;

/// <summary>Frees the seats of a booking.</summary>
public sealed record CancelBooking(string Show, long Booking) : SeatCommand;

/// <summary>The result of a command.</summary>
[JsonDerivedType(typeof(ShowOpened), "opened")]
[JsonDerivedType(typeof(SeatsBooked), "booked")]
[JsonDerivedType(typeof(BookingCancelled), "cancelled")]
[JsonDerivedType(typeof(SeatsRefused), "refused")]
public abstract record SeatResult;

public sealed record ShowOpened(string Show, int Seats) : SeatResult;

public sealed record SeatsBooked(Booking Booking) : SeatResult;

public sealed record BookingCancelled(Booking Booking) : SeatResult;

/// <summary>Nothing was changed.</summary>
public sealed record SeatsRefused(SeatRefusal Why, string Detail) : SeatResult;

[JsonConverter(typeof(JsonStringEnumConverter<SeatRefusal>))]
public enum SeatRefusal
{
    NotFound,
    Taken,
    Invalid,
}

/// <summary>The query for the state of a show.</summary>
public sealed record GetShow(string Show);

/// <summary>The state of a show.</summary>
public sealed record ShowState(string Show, int Seats, IReadOnlyList<int> Free, IReadOnlyList<Booking> Bookings);

/// <param name="Id">The log index of the command that made the booking: unique, and the same on all nodes.</param>
/// <param name="Customer">The customer who has the seats.</param>
/// <param name="Seats">The seats, in ascending order.</param>
public sealed record Booking(long Id, string Customer, IReadOnlyList<int> Seats);

/// <summary>
/// The JSON format of all messages. It is generated at compile time, without reflection, and rejects missing properties.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SeatCommand))]
[JsonSerializable(typeof(SeatResult))]
[JsonSerializable(typeof(GetShow))]
[JsonSerializable(typeof(ShowState))]
[JsonSerializable(typeof(SeatPlanState))]
internal sealed partial class SeatJson : JsonSerializerContext;
