using Raft.Actors.AspNetCore.Api;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Doctor;

namespace Raft.Host.Http;

/// <summary>
/// Serves <c>/api/actors</c> and <c>/api/doctor</c>, for operators of the program. A service that embeds a group has neither:
/// the actor tree exposes all of its actors, and the advice of the doctor names variables of this program.
/// </summary>
internal sealed class OperatorRoutes(IRaftGroup group)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/actors", ActorsAsync).Produces<ActorsAnswer>().Documented(OperatorDocument.Actors);
        routes.MapGet("/doctor", DoctorAsync).Produces<DoctorAnswer>().Documented(OperatorDocument.Doctor);
    }

    /// <summary>Finds the actor that a query names.</summary>
    /// <exception cref="RequestProblemException">There is no such actor.</exception>
    internal static ActorTree Found(ActorTree tree, string under) => tree.Actors.Count > 0
        ? tree
        : throw new RequestProblemException(
            StatusCodes.Status404NotFound,
            "No such actor",
            $"There is no actor at {under} in {tree.System}. Request / with a small depth to see the existing actors.");

    private async Task<IResult> ActorsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var under = QueryParameters.Text(request, "under") is { Length: > 0 } path ? path : "/";
        var query = new GetActors(
            under,
            (int)QueryParameters.Number(request, "depth", ActorTreeReader.MaxDepth, min: 0, ActorTreeReader.MaxDepth),
            (int)QueryParameters.Number(request, "limit", ServerLimits.DefaultActors, min: 1, ActorTreeReader.MaxActors));
        var node = QueryParameters.Node(request) ?? group.Self;
        var tree = await group.Inspection.GetActorsAsync(query, ApiLimits.NodeTimeout, node, cancellationToken)
            .ConfigureAwait(false);
        return RaftJson.Answer(ActorsAnswer.Of(Found(tree, under)));
    }

    private async Task<IResult> DoctorAsync(CancellationToken cancellationToken)
    {
        var facts = await Diagnosis.GatherAsync(group, cancellationToken).ConfigureAwait(false);
        return RaftJson.Answer(DoctorAnswer.Of(facts, Diagnosis.Of(facts)));
    }
}
