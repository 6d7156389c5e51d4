using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Actors.Hosting;

/// <summary>Registers the groups of <c>WithRaft</c> in the application's services.</summary>
public static class RaftServiceExtensions
{
    /// <summary>
    /// Registers <see cref="IRaftClient"/>, <see cref="RaftGroup"/> and <see cref="IRaftGroup"/> of each group that
    /// <c>WithRaft</c> configures, keyed by the group's name; and without a key, for an application with one group.
    /// <c>WithRaft</c> itself can't do so, because Akka.Hosting runs its builder after the services are built.
    /// </summary>
    /// <example>
    /// <code>
    /// builder.Services.AddRaftGroups();
    /// app.MapPost("/orders", ([FromKeyedServices("orders")] IRaftClient client) =&gt; …);
    /// </code>
    /// </example>
    /// <param name="services">The application's services. <c>AddAkka</c> may come before or after.</param>
    public static IServiceCollection AddRaftGroups(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => RaftGroups.Get(provider.GetRequiredService<ActorSystem>()));
        return services
            .AddOfGroup<IRaftClient>((groups, name) => groups.GetClient(name))
            .AddOfGroup((groups, name) => groups.GetGroup(name))
            .AddOfGroup<IRaftGroup>((groups, name) => groups.GetGroup(name));
    }

    private static IServiceCollection AddOfGroup<T>(this IServiceCollection services, Func<RaftGroups, string?, T> find)
        where T : class
    {
        services.TryAddKeyedSingleton(
            KeyedService.AnyKey, (provider, key) => find(provider.GetRequiredService<RaftGroups>(), $"{key}"));
        services.TryAddSingleton(provider => find(provider.GetRequiredService<RaftGroups>(), null));
        return services;
    }
}
