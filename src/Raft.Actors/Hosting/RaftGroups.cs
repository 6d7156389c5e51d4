using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;

namespace Raft.Actors.Hosting;

/// <summary>
/// The Raft groups that <c>WithRaft</c> put into an ActorSystem. A group starts with the host, or when it is asked for before
/// that. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var client = RaftGroups.For(system).Client("orders");
/// var applied = await client.ProposeAsync(command);
/// </code>
/// </example>
public sealed class RaftGroups : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly Lazy<GroupContext> _surroundings;
    private readonly Dictionary<string, Lazy<HostedGroup>> _groups = [];

    private RaftGroups(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(RaftConfig.Reference);
        _surroundings = new Lazy<GroupContext>(() => new GroupContext(system));
        foreach (var group in system.Settings.Setup.Get<RaftSetup>() is { HasValue: true } setup ? setup.Value.Groups : [])
        {
            if (!_groups.TryAdd(group.Id.Value, new Lazy<HostedGroup>(() => Start(group))))
                throw new RaftConfigurationException($"WithRaft names the group {group.Id} twice; each group is started once.");
        }
    }

    /// <summary>The groups of an ActorSystem.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <exception cref="RaftConfigurationException">A group is named twice.</exception>
    public static RaftGroups For(ActorSystem system) => system.WithExtension<RaftGroups, Provider>();

    /// <summary>The groups' names, as <c>WithRaft</c> was given them.</summary>
    public IReadOnlyCollection<string> Names => _groups.Keys;

    /// <summary>This process's node of a group, by name.</summary>
    /// <param name="name">The group's name; null for the only group.</param>
    /// <exception cref="RaftConfigurationException">A setting is wrong.</exception>
    /// <exception cref="InvalidOperationException">There is no such group, or no name and several groups.</exception>
    public RaftGroup Group(string? name = null) => Find(name).Group;

    /// <summary>The client that this process shares; it finds the leader by itself, and is stopped with the ActorSystem.</summary>
    /// <param name="name">The group's name; null for the only group.</param>
    /// <exception cref="RaftConfigurationException">A setting is wrong.</exception>
    /// <exception cref="InvalidOperationException">There is no such group, or no name and several groups.</exception>
    public RaftClient Client(string? name = null) => Find(name).Client;

    /// <summary>
    /// Starts what is not running yet. A node whose state machine's class no other group has is registered by that class.
    /// </summary>
    internal void StartAll(IActorRegistry registry)
    {
        var unknown = RaftConfig.GroupsIn(_system.Settings.Config).FirstOrDefault(name => !_groups.ContainsKey(name));
        if (unknown is not null)
            throw new RaftConfigurationException(
                $"raft.groups has {unknown}, and WithRaft names {string.Join(", ", Names)}: "
                + "correct the name, or remove the section.");
        foreach (var sole in _groups.Values.Select(g => g.Value).ToLookup(g => g.StateMachine).Where(g => g.Count() == 1))
            registry.TryRegister(sole.Key, sole.Single().Group.Node);
    }

    private HostedGroup Find(string? name)
    {
        if (name is null && _groups.Count == 1) return _groups.Values.Single().Value;
        if (name is not null && _groups.TryGetValue(name, out var group)) return group.Value;
        var names = _groups.Count == 0 ? "WithRaft names none" : $"there are {string.Join(", ", Names)}";
        throw new InvalidOperationException(
            name is null ? $"Say which Raft group is meant: {names}." : $"There is no Raft group {name}: {names}.");
    }

    private HostedGroup Start(NamedGroup named)
    {
        try
        {
            var services = ((ServiceProviderDependencyResolver)DependencyResolver.For(_system).Resolver).ServiceProvider;
            var settings = new RaftSettings(RaftConfig.OfGroup(_system.Settings.Config, named.Id));
            var directory = _surroundings.Value.DirectoryFor(settings);
            var machine = Try(named, services);
            var group = RaftGroup.Start(_system, settings, () => named.StateMachine(services), directory);
            return new HostedGroup(group, group.CreateClient(), machine);
        }
        catch (RaftConfigurationException e)
        {
            throw new RaftConfigurationException($"Raft group {named.Id}: {e.Message}", e);
        }
    }

    /// <summary>Makes a state machine to see that it can be made: later it would only stop the node.</summary>
    /// <returns>Its class.</returns>
    private static Type Try(NamedGroup named, IServiceProvider services)
    {
        try
        {
            return named.StateMachine(services).GetType();
        }
        catch (Exception e)
        {
            throw new RaftConfigurationException($"its state machine can't be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private sealed record HostedGroup(RaftGroup Group, RaftClient Client, Type StateMachine);

    private sealed class Provider : ExtensionIdProvider<RaftGroups>
    {
        public override RaftGroups CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
