using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary><c>/api/leadership/transfer</c>: makes another node lead.</summary>
internal sealed class LeadershipRoutes(IRaftGroup group)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leadership/transfer", TransferAsync)
        .Produces<TransferAnswer>(StatusCodes.Status202Accepted)
        .Documented(LeadershipDocument.Transfer);

    /// <summary>What the group's answer is over HTTP.</summary>
    /// <exception cref="RequestProblemException">The leadership was not transferred, or the node is down.</exception>
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
            var (done, refused) = await group.TransferLeadershipAsync(target, ApiLimits.TransferTimeout).ConfigureAwait(false);
            return TypedResults.Accepted((string?)null, Answer(done, refused));
        }
        catch (NoAnswerException)
        {
            throw new RequestProblemException(
                StatusCodes.Status504GatewayTimeout,
                ApiNames.OutcomeUnknown,
                "Nobody answered in time; the leadership may have been transferred. Look at the status of the nodes.");
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
