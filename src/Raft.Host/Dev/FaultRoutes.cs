using Raft.Actors.AspNetCore.Http;
using Raft.Programs.Configuration;

namespace Raft.Host.Dev;

/// <summary>Serves <c>/api/dev</c>, which injects faults into a <c>raft dev</c> cluster. Other clusters do not have it.</summary>
internal sealed class FaultRoutes(DevCluster cluster)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dev/faults", () => RaftJson.Answer(FaultsAnswer.Of(cluster)))
            .Produces<FaultsAnswer>().Documented(FaultDocument.List);
        Map(routes.MapDelete("/dev/faults", () => DoAsync(() => cluster.HealAllAsync())), FaultDocument.HealAll);
        Map(routes.MapPost("/dev/nodes/{id}/pause", (string id) => DoAsync(id, node => node.Pause())), FaultDocument.Pause);
        Map(routes.MapPost("/dev/nodes/{id}/resume", (string id) => DoAsync(id, node => node.Resume())), FaultDocument.Resume);
        Map(
            routes.MapPost("/dev/nodes/{id}/crash", (string id) => DoAsync(() => cluster.CrashAsync(Find(id)))),
            FaultDocument.Crash);
        Map(
            routes.MapPost("/dev/nodes/{id}/restart", (string id) => DoAsync(() => Find(id).RestartAsync())),
            FaultDocument.Restart);
        Map(
            routes.MapPut("/dev/links/{a}/{b}", (string a, string b) => DoAsync(a, node => cluster.Cut(node, Find(b)))),
            FaultDocument.Cut);
        Map(
            routes.MapDelete("/dev/links/{a}/{b}", (string a, string b) => DoAsync(a, node => cluster.Heal(node, Find(b)))),
            FaultDocument.Heal);
    }

    private static void Map(RouteHandlerBuilder route, RouteDocument document) =>
        route.Produces(StatusCodes.Status204NoContent).Documented(document);

    private Task<IResult> DoAsync(string node, Action<DevNode> fault) => DoAsync(() =>
    {
        fault(Find(node));
        return Task.CompletedTask;
    });

    private async Task<IResult> DoAsync(Func<Task> fault)
    {
        try
        {
            await cluster.DoAsync(fault).ConfigureAwait(false);
            return TypedResults.NoContent();
        }
        catch (Exception e) when (e is FaultRefusedException or StartupException)
        {
            throw new RequestProblemException(StatusCodes.Status409Conflict, "Not possible now", e.Message);
        }
    }

    private DevNode Find(string id) => cluster.Nodes.FirstOrDefault(n => n.Id.Value == id)
        ?? throw new RequestProblemException(
            StatusCodes.Status404NotFound,
            "No such node",
            $"There is no node {id}. The nodes are {string.Join(", ", cluster.Nodes.Select(n => n.Id))}.");
}
