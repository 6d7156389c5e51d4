using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Serves <c>/api/leadership/transfer</c>, which transfers leadership to another node.</summary>
internal sealed class LeadershipRoutes(Func<IRaftGroup> group)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leadership/transfer", TransferAsync)
        .Produces<TransferAnswer>(StatusCodes.Status202Accepted)
        .Documented(LeadershipDocument.Transfer);

    private async Task<IResult> TransferAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonAsync(request, cancellationToken).ConfigureAwait(false);
        var target = TransferBody.TargetOf(body);
        try
        {
            var done = await group().TransferLeadershipAsync(target, ApiLimits.TransferTimeout, cancellationToken)
                .ConfigureAwait(false);
            return RaftJson.Answer(TransferAnswer.Of(done), StatusCodes.Status202Accepted);
        }
        catch (NoAnswerException)
        {
            throw new RequestProblemException(
                StatusCodes.Status504GatewayTimeout,
                ApiNames.OutcomeUnknown,
                "No response arrived in time. Leadership may have been transferred. Check the status of the nodes.");
        }
    }
}
