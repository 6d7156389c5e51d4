using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Raft.Actors.Protocol;
using Seats.Domain;

namespace Seats.Http;

/// <summary>The HTTP API. Every node accepts every request.</summary>
internal static class SeatRoutes
{
    public static void MapSeats(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/shows/{show}", OpenAsync).Produces<ShowOpened>().WithSummary("Begins the sale of a show's seats.");
        routes.MapGet("/shows/{show}", GetAsync).Produces<ShowState>().WithSummary("Free seats and bookings, as of now.");
        routes.MapPost("/shows/{show}/bookings", BookAsync).Produces<SeatsBooked>(StatusCodes.Status201Created)
            .WithSummary("Books all of the seats, or none. With an Idempotency-Key it can be repeated, and is done once.");
        routes.MapDelete("/shows/{show}/bookings/{id:long}", CancelAsync).Produces<BookingCancelled>()
            .WithSummary("Frees the seats of a booking.");
    }

    private static async Task<IResult> OpenAsync(
        string show, ShowBody body, SeatsClient seats, CancellationToken cancellationToken) =>
        Answer(await seats.ExecuteAsync(new OpenShow(show, body.Seats), key: null, cancellationToken));

    private static async Task<IResult> GetAsync(string show, SeatsClient seats, CancellationToken cancellationToken) =>
        await seats.GetAsync(show, cancellationToken) is { } state
            ? TypedResults.Ok(state)
            : Problem(StatusCodes.Status404NotFound, $"There is no show {show}.");

    private static async Task<IResult> BookAsync(
        string show,
        BookingBody body,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        SeatsClient seats,
        CancellationToken cancellationToken)
    {
        var book = new BookSeats(show, body.Customer, body.Seats);
        return Answer(await seats.ExecuteAsync(book, KeyOf(key), cancellationToken));
    }

    private static async Task<IResult> CancelAsync(
        string show, long id, SeatsClient seats, CancellationToken cancellationToken) =>
        Answer(await seats.ExecuteAsync(new CancelBooking(show, id), key: null, cancellationToken));

    private static IdempotencyKey? KeyOf(string? header)
    {
        try
        {
            return header is null ? null : IdempotencyKey.Parse(header);
        }
        catch (FormatException e)
        {
            throw new BadHttpRequestException(e.Message);
        }
    }

    private static IResult Answer(SeatResult result) => result switch
    {
        SeatsBooked booked => TypedResults.Created((string?)null, booked.Booking),
        BookingCancelled cancelled => TypedResults.Ok(cancelled.Booking),
        ShowOpened opened => TypedResults.Ok(new ShowBody(opened.Seats)),
        SeatsRefused { Why: SeatRefusal.Taken } refused => Problem(StatusCodes.Status409Conflict, refused.Detail),
        SeatsRefused { Why: SeatRefusal.NotFound } refused => Problem(StatusCodes.Status404NotFound, refused.Detail),
        SeatsRefused refused => Problem(StatusCodes.Status400BadRequest, refused.Detail),
        _ => throw new InvalidOperationException($"{result} is no answer."),
    };

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private sealed record ShowBody(int Seats);

    private sealed record BookingBody(string Customer, int[] Seats);
}
