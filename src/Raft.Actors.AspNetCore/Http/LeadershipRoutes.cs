using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Serves <c>/api/leadership/transfer</c>, which transfers leadership to another node.</summary>
internal sealed class LeadershipRoutes(Func<IRaftGroup> group)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leadership/transfer", TransferAsync)
        .Produces<TransferAnswer>(StatusCodes.Status202Accepted)
        .Documented(LeadershipDocument.Transfer);

    /// <summary>Translates the response of the group to HTTP.</summary>
    /// <exception cref="RequestProblemException">Leadership was not transferred, or the node is unavailable.</exception>
    internal static TransferAnswer Answer(LeadershipTransferred? done, TransferRefused? refused) =>
        done is not null ? new TransferAnswer(done.From.Value, done.Target.Value, done.Term.Value)
        : refused is not null ? throw Problem(refused)
        : throw RequestProblemException.NodeIsDown(null);

    private async Task<IResult> TransferAsync(HttpRequest request, CancellationToken aborted)
    {
        var body = await RequestBody.ReadJsonAsync(request, aborted).ConfigureAwait(false);
        var target = TransferBody.TargetOf(body);
        try
        {
            var (done, refused) = await group().TransferLeadershipAsync(target, ApiLimits.TransferTimeout).ConfigureAwait(false);
            return RaftJson.Answer(Answer(done, refused), StatusCodes.Status202Accepted);
        }
        catch (NoAnswerException)
        {
            throw new RequestProblemException(
                StatusCodes.Status504GatewayTimeout,
                ApiNames.OutcomeUnknown,
                "No response arrived in time. Leadership may have been transferred. Check the status of the nodes.");
        }
    }

    private static RequestProblemException Problem(TransferRefused refused) => refused.Refusal switch
    {
        TransferRefusal.NoMember => new(StatusCodes.Status400BadRequest, "No such member", refused.Reason),
        TransferRefusal.Conflict => new(StatusCodes.Status409Conflict, "Not possible now", refused.Reason),
        TransferRefusal.NoLeader => new(StatusCodes.Status503ServiceUnavailable, "No leader", refused.Reason),
        _ => new(StatusCodes.Status504GatewayTimeout, "Not transferred", refused.Reason),
    };
}
