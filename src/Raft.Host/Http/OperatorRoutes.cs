using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Doctor;

namespace Raft.Host.Http;

/// <summary>Serves <c>/api/members</c>, <c>/api/actors</c> and <c>/api/doctor</c>, for operators.</summary>
internal sealed class OperatorRoutes(IRaftGroup group)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/members", MembersAsync).Produces<MembersAnswer>().Documented(OperatorDocument.Members);
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

    private async Task<IResult> MembersAsync()
    {
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        return TypedResults.Ok(MembersView.Of(group.Self, seen, AkkaView.Of(group.Inspection.System)));
    }

    private async Task<IResult> ActorsAsync(HttpRequest request)
    {
        var under = QueryParameters.Text(request, "under") is { Length: > 0 } path ? path : "/";
        var query = new GetActors(
            under,
            (int)QueryParameters.Number(request, "depth", ActorTreeReader.MaxDepth, min: 0, ActorTreeReader.MaxDepth),
            (int)QueryParameters.Number(request, "limit", ApiLimits.DefaultActors, min: 1, ActorTreeReader.MaxActors));
        var tree = await group.Inspection.GetActorsAsync(query, ApiLimits.NodeTimeout, QueryParameters.Node(request) ?? group.Self)
            .ConfigureAwait(false);
        return TypedResults.Ok(ActorsAnswer.Of(Found(tree, under)));
    }

    private async Task<IResult> DoctorAsync()
    {
        var facts = await Diagnosis.GatherAsync(group).ConfigureAwait(false);
        return TypedResults.Ok(DoctorAnswer.Of(facts, Diagnosis.Of(facts)));
    }
}
