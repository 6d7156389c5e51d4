using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Api;
using Raft.Host.Http;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>A node with its API: real Akka.Remote and HTTP on free ports of 127.0.0.1, and a journal in memory.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private const string Common = """
        akka {
          loglevel = WARNING
          actor.provider = remote
          coordinated-shutdown.exit-clr = off
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 1MiB }
          remote.dot-netty.tcp { send-buffer-size = 2MiB, receive-buffer-size = 2MiB }
          persistence.journal.plugin = "akka.persistence.journal.inmem"
          persistence.snapshot-store.plugin = "akka.persistence.no-snapshot-store"
        }
        raft {
          node-id = "n1"
          allow-in-memory-journal = on
          election-timeout-min = 100ms
          election-timeout-max = 200ms
          heartbeat-interval = 20ms
        }
        """;

    private readonly ActorSystem _system;
    private readonly WebApplication _api;

    private TestNode(ActorSystem system, RaftGroup group, IRaftClient client, WebApplication api)
    {
        _system = system;
        Group = group;
        Client = client;
        _api = api;
        Url = new Uri(api.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
    }

    public RaftGroup Group { get; }

    public IRaftClient Client { get; }

    public Uri Url { get; }

    /// <summary>All routes of the server.</summary>
    public IEnumerable<RouteEndpoint> Routes =>
        ((IEndpointRouteBuilder)_api).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>();

    public HttpClient Http { get; }

    public ActorSystem System => _system;

    /// <param name="members">The members besides n1.</param>
    /// <param name="overrides">HOCON that overrides the default.</param>
    /// <param name="stateMachine">The state machine; null for the key-value store.</param>
    /// <param name="options">The paths of the API; null for the defaults.</param>
    /// <param name="contact">The node that the API's client contacts first; null for all members.</param>
    public static async Task<TestNode> StartAsync(
        string members = "",
        string overrides = "",
        Func<IStateMachine>? stateMachine = null,
        Func<ActorSystem, RaftGroup, IActorRef>? contact = null,
        ApiOptions? options = null)
    {
        var system = NewSystem(overrides);
        var settings = SettingsOf(system, $"\"n1={AddressOf(system)}\" {members}");
        return await StartAsync(system, settings, stateMachine, contact, options);
    }

    /// <summary>
    /// A node that bootstrapped its cluster with n2, which is gone since: it has no majority, and there is no leader.
    /// </summary>
    /// <param name="overrides">HOCON that overrides the default.</param>
    /// <param name="contact">The node that the API's client contacts first; null for all members.</param>
    public static async Task<TestNode> StartWithLostMemberAsync(
        string overrides = "", Func<ActorSystem, RaftGroup, IActorRef>? contact = null)
    {
        var system = NewSystem(overrides);
        var lost = NewSystem("raft.node-id = n2");
        var members = $"\"n1={AddressOf(system)}\", \"n2={AddressOf(lost)}\"";
        RaftGroup.Start(lost, SettingsOf(lost, members), () => new KeyValueStore());

        // The two nodes commit nothing: n2 stops as soon as the cluster is bootstrapped.
        var founded = new TaskCompletionSource();
        var watcher = system.ActorOf(Props.Create(() => new BootstrapWatcher(founded)));
        system.EventStream.Subscribe(watcher, typeof(RoleChanged));
        var node = await StartAsync(system, SettingsOf(system, members), stateMachine: null, contact, options: null);
        await founded.Task;
        await lost.Terminate();
        await node.WithoutLeaderAsync();
        return node;
    }

    private static ActorSystem NewSystem(string overrides) => ActorSystem.Create(
        "raft",
        ConfigurationFactory.ParseString(overrides)
            .WithFallback(ConfigurationFactory.ParseString(Common))
            .WithFallback(RaftConfig.Reference));

    private static string AddressOf(ActorSystem system) =>
        $"127.0.0.1:{((ExtendedActorSystem)system).Provider.DefaultAddress.Port}";

    private static RaftSettings SettingsOf(ActorSystem system, string members) =>
        new(ConfigurationFactory.ParseString($"raft.members = [{members}]").WithFallback(system.Settings.Config));

    private static async Task<TestNode> StartAsync(
        ActorSystem system,
        RaftSettings settings,
        Func<IStateMachine>? stateMachine,
        Func<ActorSystem, RaftGroup, IActorRef>? contact,
        ApiOptions? options)
    {
        var group = RaftGroup.Start(system, settings, stateMachine ?? (() => new KeyValueStore()));
        var client = contact is null
            ? group.CreateClient()
            : RaftClient.Create(system, [contact(system, group)], settings.Client);
        var api = RaftApi.Build(group, client, "http://127.0.0.1:0", options ?? new ApiOptions());
        await api.StartAsync();
        return new TestNode(system, group, client, api);
    }

    /// <summary>A contact that claims to lead and opens sessions, but never answers a request.</summary>
    public static IActorRef Silent(ActorSystem system, RaftGroup group) =>
        system.ActorOf(Props.Create(() => new SilentActor()));

    /// <summary>Writes a key and returns its revision; the node then leads.</summary>
    public async Task<long> PutAsync(string path, string value)
    {
        using var answer = await Http.PutAsync(path, new StringContent(value));
        answer.EnsureSuccessStatusCode();
        return (await JsonOf(answer)).GetProperty("revision").GetInt64();
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await JsonOf(await Http.GetAsync(path));

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Http.SendAsync(request);
    }

    /// <summary>Sends a POST in the form that the API accepts, with the body <c>{}</c>.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) };
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Http.SendAsync(request);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _api.DisposeAsync();
        await Client.DisposeAsync();
        await _system.Terminate();
    }

    /// <summary>Waits until the node knows that its leader is gone.</summary>
    private async Task WithoutLeaderAsync()
    {
        while ((await GetJsonAsync("/api/status")).GetProperty("leaderId").ValueKind != JsonValueKind.Null) await Task.Yield();
    }

    private sealed class BootstrapWatcher(TaskCompletionSource founded) : UntypedActor
    {
        protected override void OnReceive(object message) => founded.TrySetResult();
    }

    private sealed class SilentActor : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is FindLeader) Sender.Tell(new LeaderIs(IsSelf: true, Path: null, new Term(1)));
            if (message is not Propose propose) return;
            foreach (var opening in propose.Proposals.Where(p => p.Kind == EntryKind.OpenSession))
                Sender.Tell(new ClientReplies([new SessionOpened(opening.RequestId, new SessionId(1))]));
        }
    }
}

/// <summary>One single-member node for all tests of a class.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    internal TestNode Node { get; private set; } = null!;

    /// <summary>
    /// A read succeeds once the node leads and its no-op is committed: from then on only writes add entries.
    /// </summary>
    public async Task InitializeAsync()
    {
        Node = await TestNode.StartAsync();
        using var read = await Node.Http.GetAsync("/api/kv/none");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();
}

internal static class Problems
{
    /// <summary>Asserts that a response is a well-formed problem, and returns its detail.</summary>
    public static async Task<string> DetailOf(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}
