using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Hosting;

/// <summary>Embeds Raft groups in a service that hosts its ActorSystem with Akka.Hosting.</summary>
public static class RaftHostingExtensions
{
    /// <summary>
    /// Starts this process's node of a Raft group with the ActorSystem. A leader transfers the leadership when the host stops.
    /// Call it once for each group. If the application uses Akka.Cluster, call <c>WithClustering</c> first.
    /// </summary>
    /// <remarks>
    /// Akka.Remote listens at this node's address in the members, unless <c>WithRemoting</c> sets another. The application
    /// chooses the journal; a journal in memory is rejected. The method registers the health checks <c>raft.GROUP.live</c> and
    /// <c>raft.GROUP.ready</c>, with the tags <c>liveness</c> and <c>ready</c>. The host's start throws a
    /// <see cref="RaftConfigurationException"/> if a setting is wrong.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddAkka("shop", akka =&gt; akka.WithRaft("orders", options =&gt;
    /// {
    ///     options.StateMachine = () =&gt; new Orders();
    ///     options.NodeId = "n1";
    ///     options.Members = ["n1=10.0.0.1:4053", "n2=10.0.0.2:4053", "n3=10.0.0.3:4053"];
    /// }));
    /// </code>
    /// </example>
    /// <param name="builder">The ActorSystem's builder.</param>
    /// <param name="group">
    /// The group's name: 1 to 64 letters, digits, dots, dashes and underscores. It can't change later.
    /// </param>
    /// <param name="configure">Sets the options; HOCON and <c>reference.conf</c> provide the other settings.</param>
    /// <exception cref="RaftConfigurationException">The group's name is wrong or taken, or it has no state machine.</exception>
    public static AkkaConfigurationBuilder WithRaft(
        this AkkaConfigurationBuilder builder, string group, Action<RaftOptions> configure)
    {
        var options = new RaftOptions();
        configure(options);
        var machine = options.StateMachine ?? throw new RaftConfigurationException(
            $"Raft group {group} has no state machine: set options.StateMachine, or name its class: "
            + $"WithRaft<T>(\"{group}\", …).");
        return builder.Add(group, options, _ => machine());
    }

    /// <summary>
    /// Like <see cref="WithRaft(AkkaConfigurationBuilder, string, Action{RaftOptions})"/>, but creates the state machine with
    /// constructor arguments from the application's services, anew at each start of the node. The state machine needs no
    /// registration. The services must give it the same results on all nodes.
    /// </summary>
    /// <typeparam name="TStateMachine">The state machine.</typeparam>
    /// <param name="builder">The ActorSystem's builder.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="configure">Sets the options; null if HOCON has all required settings.</param>
    /// <exception cref="RaftConfigurationException">The group's name is wrong or taken, or it has two state machines.</exception>
    public static AkkaConfigurationBuilder WithRaft<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStateMachine>(
        this AkkaConfigurationBuilder builder, string group, Action<RaftOptions>? configure = null)
        where TStateMachine : IStateMachine
    {
        var options = new RaftOptions();
        configure?.Invoke(options);
        return options.StateMachine is null
            ? builder.Add(group, options, services => ActivatorUtilities.CreateInstance<TStateMachine>(services))
            : throw new RaftConfigurationException(
                $"Raft group {group} has two state machines: remove options.StateMachine, or <{typeof(TStateMachine).Name}>.");
    }

    private static AkkaConfigurationBuilder Add(
        this AkkaConfigurationBuilder builder, string name, RaftOptions options, Func<IServiceProvider, IStateMachine> machine)
    {
        var group = Parse(name);
        builder.SetupOfRaft().Add(new NamedGroup(group, machine));
        builder.AddHocon(options.ToConfig(group), HoconAddMode.Prepend);
        var config = RaftConfig.ForGroup(builder.Configuration.GetOrElse(Config.Empty).WithFallback(RaftConfig.Reference), group);
        return builder
            .WithRoleOf(config)
            .WithAddressOf(config)
            .WithHealthCheck(RaftHealthCheck.Live(group))
            .WithHealthCheck(RaftHealthCheck.Ready(group));
    }

    private static GroupId Parse(string name)
    {
        try
        {
            return GroupId.Parse(name);
        }
        catch (FormatException e)
        {
            throw new RaftConfigurationException($"WithRaft: {e.Message}", e);
        }
    }

    /// <summary>The first group adds what all groups share.</summary>
    private static RaftSetup SetupOfRaft(this AkkaConfigurationBuilder builder)
    {
        if (builder.Setups.OfType<RaftSetup>().FirstOrDefault() is { } present) return present;
        var setup = new RaftSetup();
        builder
            .AddSetup(setup)
            .AddHocon(RaftConfig.Serialization, HoconAddMode.Append)
            .AddHocon(RaftConfig.Hosting, HoconAddMode.Append)
            .StartActors((system, registry) => RaftGroups.Get(system).StartAll(registry));
        return setup;
    }

    /// <summary>
    /// Adds the Akka role that names the node. <see cref="GroupContext"/> checks it again when the system starts.
    /// </summary>
    private static AkkaConfigurationBuilder WithRoleOf(this AkkaConfigurationBuilder builder, Config config)
    {
        if (config.GetString("raft.node-id") is not { Length: > 0 } node) return builder;
        var roles = config.GetStringList("akka.cluster.roles", []).Append(ClusterDirectory.RoleOf(new NodeId(node))).Distinct();
        return builder.AddHocon(
            $"akka.cluster.roles = [{string.Join(", ", roles.Select(HoconText.Quoted))}]", HoconAddMode.Prepend);
    }

    /// <summary>Ignores members that can't be parsed, since the start of the group rejects them.</summary>
    private static AkkaConfigurationBuilder WithAddressOf(this AkkaConfigurationBuilder builder, Config config)
    {
        RaftMember? self;
        try
        {
            var name = config.GetString("raft.node-id");
            self = new SettingsReader(config).Members("raft.members").FirstOrDefault(m => m.Id.Value == name);
        }
        catch (RaftConfigurationException)
        {
            return builder;
        }

        return self is null ? builder : builder.AddHocon(
            $"akka.remote.dot-netty.tcp {{ hostname = {HoconText.Quoted(self.Host.Trim('[', ']'))}, port = {self.Port} }}",
            HoconAddMode.Append);
    }
}
