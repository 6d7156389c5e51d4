using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Actors.Hosting;

/// <summary>Makes the groups of <c>WithRaft</c> injectable.</summary>
public static class RaftServiceExtensions
{
    /// <summary>
    /// Registers <see cref="RaftClient"/>, <see cref="RaftGroup"/> and <see cref="IRaftGroup"/> of each group that <c>WithRaft</c>
    /// names, with the group's name as key; and without a key, for services that have one group. Akka.Hosting runs its builder when
    /// the services are built already, so that <c>WithRaft</c> itself can't.
    /// </summary>
    /// <example>
    /// <code>
    /// builder.Services.AddRaftGroups();
    /// app.MapPost("/orders", ([FromKeyedServices("orders")] RaftClient client) =&gt; …);
    /// </code>
    /// </example>
    /// <param name="services">The application's services, with <c>AddAkka</c> before or after.</param>
    public static IServiceCollection AddRaftGroups(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => RaftGroups.For(provider.GetRequiredService<ActorSystem>()));
        return services
            .AddOfGroup((groups, name) => groups.Client(name))
            .AddOfGroup((groups, name) => groups.Group(name))
            .AddOfGroup<IRaftGroup>((groups, name) => groups.Group(name));
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
