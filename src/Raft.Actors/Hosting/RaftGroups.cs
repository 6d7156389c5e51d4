using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;

namespace Raft.Actors.Hosting;

/// <summary>
/// The Raft groups that <c>WithRaft</c> configured for an ActorSystem. A group starts with the host, or earlier if it is
/// requested earlier. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var client = RaftGroups.Get(system).GetClient("orders");
/// var applied = await client.ProposeAsync(command);
/// </code>
/// </example>
public sealed class RaftGroups : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly Lazy<GroupContext> _context;
    private readonly Dictionary<string, Lazy<HostedGroup>> _groups = [];

    private RaftGroups(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(RaftConfig.Reference);
        _context = new Lazy<GroupContext>(() => new GroupContext(system));
        foreach (var group in system.Settings.Setup.Get<RaftSetup>() is { HasValue: true } setup ? setup.Value.Groups : [])
        {
            if (!_groups.TryAdd(group.Id.Value, new Lazy<HostedGroup>(() => Start(group))))
                throw new RaftConfigurationException($"WithRaft names the group {group.Id} twice; each group is started once.");
        }
    }

    /// <summary>Gets the groups of an ActorSystem.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <exception cref="RaftConfigurationException">Two calls of <c>WithRaft</c> name the same group.</exception>
    public static RaftGroups Get(ActorSystem system) => system.WithExtension<RaftGroups, Provider>();

    /// <summary>The groups' names, as passed to <c>WithRaft</c>.</summary>
    public IReadOnlyCollection<string> Names => _groups.Keys;

    /// <summary>Gets this process's node of a group, and starts it if necessary.</summary>
    /// <param name="name">The group's name; null for the only group.</param>
    /// <exception cref="RaftConfigurationException">A setting of the group is wrong.</exception>
    /// <exception cref="InvalidOperationException">There is no such group, or there are several and the name is null.</exception>
    public RaftGroup GetGroup(string? name = null) => Find(name).Group;

    /// <summary>
    /// Gets the client that this process shares. It finds the leader by itself, and stops with the ActorSystem.
    /// </summary>
    /// <param name="name">The group's name; null for the only group.</param>
    /// <exception cref="RaftConfigurationException">A setting of the group is wrong.</exception>
    /// <exception cref="InvalidOperationException">There is no such group, or there are several and the name is null.</exception>
    public IRaftClient GetClient(string? name = null) => Find(name).Client;

    /// <summary>
    /// Starts all groups that are not running yet. Registers the node of each group whose state machine's class no other group
    /// has, by that class.
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
            var settings = new RaftSettings(RaftConfig.ForGroup(_system.Settings.Config, named.Id));
            var directory = _context.Value.DirectoryFor(settings);
            var machine = Try(named, services);
            var group = RaftGroup.Start(_system, settings, () => named.StateMachine(services), directory);
            return new HostedGroup(group, group.CreateClient(), machine);
        }
        catch (RaftConfigurationException e)
        {
            throw new RaftConfigurationException($"Raft group {named.Id}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Creates a state machine to check that this works: a failure at the start of the node would only stop the node.
    /// </summary>
    /// <returns>The class of the state machine.</returns>
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

    private sealed record HostedGroup(RaftGroup Group, IRaftClient Client, Type StateMachine);

    private sealed class Provider : ExtensionIdProvider<RaftGroups>
    {
        public override RaftGroups CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
