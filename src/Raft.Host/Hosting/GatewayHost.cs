using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Joining;

namespace Raft.Host.Hosting;

/// <summary>
/// A running <c>raft gateway</c>: an ActorSystem in the Akka cluster, a client, and the HTTP server. It stores no data.
/// </summary>
internal sealed class GatewayHost : IRunningSystem
{
    private readonly GatewayOptions _options;
    private readonly ActorSystem _system;
    private readonly RaftGateway _gateway;
    private readonly NodeServer _server;
    private readonly LifeWatch _life;

    private GatewayHost(
        GatewayOptions options, ActorSystem system, RaftGateway gateway, NodeServer server, LifeWatch life,
        Task<Ending> ended)
    {
        _options = options;
        _system = system;
        _gateway = gateway;
        _server = server;
        _life = life;
        Ended = ended;
    }

    /// <inheritdoc/>
    public Task<Ending> Ended { get; }

    /// <summary>The options to restart the gateway, with the id of the cluster that it has learned.</summary>
    public GatewayOptions Options => _gateway.Cluster is { } cluster
        ? _options with { Overrides = $"{_options.Overrides}raft.cluster-id = \"{cluster}\"\n" }
        : _options;

    /// <summary>The address of the HTTP server.</summary>
    public string Url => _server.Url;

    /// <summary>Starts the gateway. It responds immediately, and knows nodes once it has joined.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="former">The state that earlier ActorSystems of this process left.</param>
    /// <param name="tools">Tools to start with it; null for none.</param>
    /// <exception cref="StartupException">An address or the configuration can't be used.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayOptions options, FormerLives former, OperatorTools? tools = null)
    {
        Listening.RequireHttp(options.Http);
        var config = Hocon.Parse("the options", options.Overrides + Hocon.Remote(options.Remote))
            .WithFallback(Hocon.Load("gateway.conf", "common.conf"))
            .WithFallback(RaftConfig.Reference);
        var system = ActorSystems.Start(options.Cluster, options.Remote, config);
        try
        {
            var gateway = new RaftGateway(system, ClusterDirectory.Start(system, known: []));
            var client = gateway.CreateClient();
            tools?.Invoke(system, gateway, client);
            var server = await NodeServer.StartAsync(gateway, client, options.Http, options.Api)
                .ConfigureAwait(false);
            var joining = new JoiningOptions
            {
                Seeds = options.Seeds,
                Through = former.Through,
                Moves = former.Moves,
                RaftCluster = () => Task.FromResult(gateway.Cluster?.Value),
            };
            var life = LifeWatch.Start(gateway.Inspection.FindFatalProblemAsync, LifeWatch.Interval);
            var joined = AkkaMembership.Join(system, joining);
            return new GatewayHost(options, system, gateway, server, life, Task.WhenAny(joined, life.Ended).Unwrap());
        }
        catch
        {
            await ActorSystems.StopAsync(system).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server, leaves the Akka cluster, and stops the client and the ActorSystem.</summary>
    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _server.DisposeAsync().ConfigureAwait(false);
        await ActorSystems.StopAsync(_system).ConfigureAwait(false);
    }
}
