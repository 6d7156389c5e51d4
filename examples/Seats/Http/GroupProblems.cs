using Microsoft.AspNetCore.Diagnostics;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Seats.Http;

/// <summary>Says what a request's failure means: what was not done may be sent again; what is unknown has to be looked up.</summary>
internal sealed class GroupProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception switch
        {
            RaftUnavailableException or NoAnswerException or ObjectDisposedException => StatusCodes.Status503ServiceUnavailable,
            OverloadedException => StatusCodes.Status429TooManyRequests,
            OutcomeUnknownException => StatusCodes.Status504GatewayTimeout,
            RequestRefusedException or FormatException => StatusCodes.Status400BadRequest,
            BadHttpRequestException bad => bad.StatusCode,
            _ => 0,
        };
        if (status == 0) return false;
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        await SeatRoutes.Problem(status, exception.Message).ExecuteAsync(context);
        return true;
    }
}
