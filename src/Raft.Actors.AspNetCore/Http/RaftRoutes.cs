using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Maps the routes of the API for one group.</summary>
internal sealed class RaftRoutes
{
    /// <summary>Returns the group. The first request calls it first.</summary>
    public required Func<IRaftGroup> Group { get; init; }

    /// <summary>
    /// Returns the current client of the key-value store, or throws a <see cref="RequestProblemException"/> while there is none;
    /// null if the state machine is not the key-value store.
    /// </summary>
    public required Func<KeyValueClient>? Store { get; init; }

    /// <summary>Whether to map routes that change something.</summary>
    public required bool AllowChanges { get; init; }

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">The route group at the prefix of the API.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        var lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        if (Store is not null) new KeyValueRoutes(Store).Map(routes, AllowChanges);
        new InspectionRoutes(Group, Store is null ? _ => null : KeyValueDescription.Of).Map(routes);
        new EventRoutes(Group, lifetime.ApplicationStopping).Map(routes);
        if (!AllowChanges) return;
        new LeadershipRoutes(Group).Map(routes);
        new SnapshotRoutes(Group).Map(routes);
    }
}
