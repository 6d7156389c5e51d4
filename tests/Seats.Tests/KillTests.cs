using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Seats.Domain;
using Xunit;

namespace Seats.Tests;

/// <summary>Three processes of the service, whose leader is killed while customers book.</summary>
public sealed class KillTests : IDisposable
{
    private const int Seats = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_killed_leader_loses_no_booking_and_sells_no_seat_twice()
    {
        using var service = new SeatProcesses();
        using var patience = new CancellationTokenSource(Patience);
        await AgainAsync(
            service.Urls,
            url => _http.PutAsJsonAsync($"{url}/shows/hamlet", new { seats = Seats }, patience.Token),
            patience.Token);
        var leader = await LeaderAsync(service.Urls[0]);
        var bookings = new Dictionary<int, long>();

        for (var seat = 1; seat <= Seats; seat++)
        {
            if (seat == Seats / 2) service.Kill(leader);
            var url = service.Urls.Where((_, i) => i != leader || seat < Seats / 2).ElementAt(seat % 2);
            bookings[seat] = await BookAsync(url, seat, patience.Token);
        }

        var survivor = service.Urls[(leader + 1) % service.Urls.Count];
        var show = await _http.GetFromJsonAsync<ShowState>($"{survivor}/shows/hamlet", patience.Token);
        Assert.Empty(show!.Free);
        Assert.Equal(bookings, show.Bookings.ToDictionary(b => b.Seats.Single(), b => b.Id));
    }

    /// <summary>Repeats a request whose outcome is unknown, with the same key.</summary>
    private async Task<long> BookAsync(string url, int seat, CancellationToken cancellationToken)
    {
        var answer = await AgainAsync(
            [url],
            async to =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{to}/shows/hamlet/bookings");
                request.Headers.Add("Idempotency-Key", $"seat {seat}");
                request.Content = JsonContent.Create(new { customer = "ann", seats = new[] { seat } });
                return await _http.SendAsync(request, cancellationToken);
            },
            cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetInt64();
    }

    private static async Task<HttpResponseMessage> AgainAsync(
        IReadOnlyList<string> urls, Func<string, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await send(urls[attempt % urls.Count]);
                if (answer.IsSuccessStatusCode) return answer;
                Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, $"{answer}");
            }
            catch (HttpRequestException)
            {
                // The process does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private async Task<int> LeaderAsync(string url) =>
        (await _http.GetFromJsonAsync<JsonElement>($"{url}/raft/api/status")).GetProperty("leaderId").GetString()![1] - '1';
}
