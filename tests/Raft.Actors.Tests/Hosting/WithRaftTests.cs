using System.Buffers;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Hosting;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Hosting;

/// <summary>A service embeds groups with <c>AddAkka("app", akka => akka.WithRaft(…))</c>.</summary>
public sealed class WithRaftTests
{
    [Fact]
    public async Task Two_groups_live_in_one_ActorSystem_each_with_its_own_state()
    {
        var port = TestHost.FreePort();
        using var host = TestHost.Build(akka => akka
            .WithRaft<TextMachine>("orders", options => TestHost.OneNode(options, port))
            .WithRaft("stock", options =>
            {
                TestHost.OneNode(options, port);
                options.StateMachine = () => new Echo(new Greeting("stock"));
            }));
        await host.StartAsync();
        var orders = host.Services.GetRequiredKeyedService<IRaftClient>("orders");
        var stock = host.Services.GetRequiredKeyedService<IRaftClient>("stock");

        await orders.ProposeAsync(TextMachine.Bytes("apple")).WaitAsync(TestHost.Patience);
        var counted = await stock.ProposeAsync(TextMachine.Bytes("pear")).WaitAsync(TestHost.Patience);

        var ordered = await orders.QueryAsync(default).WaitAsync(TestHost.Patience);
        Assert.EndsWith(":apple", TextMachine.Text(ordered.Result), StringComparison.Ordinal);
        Assert.Equal("stock pear", TextMachine.Text(counted.Result));
        Assert.Equal(["orders", "stock"], host.Services.GetRequiredService<RaftGroups>().Names);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_state_machine_gets_what_its_constructor_names_from_the_applications_services()
    {
        using var host = TestHost.Build(
            akka => akka.WithRaft<Echo>("echo", options => TestHost.OneNode(options, TestHost.FreePort())),
            services => services.AddSingleton(new Greeting("hello")));
        await host.StartAsync();

        var answer = await host.Services.GetRequiredService<IRaftClient>()
            .QueryAsync(TextMachine.Bytes("you")).WaitAsync(TestHost.Patience);

        Assert.Equal("hello you", TextMachine.Text(answer.Result));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_node_is_a_required_actor_by_the_class_of_its_state_machine()
    {
        using var host = TestHost.Build(
            akka => akka.WithRaft<TextMachine>("orders", options => TestHost.OneNode(options, TestHost.FreePort())));
        await host.StartAsync();

        var node = await host.Services.GetRequiredService<IRequiredActor<TextMachine>>().GetAsync().WaitAsync(TestHost.Patience);

        Assert.Same(host.Services.GetRequiredService<RaftGroup>().Node, node);
        await host.StopAsync();
    }

    [Fact]
    public async Task Two_groups_of_one_class_have_no_required_actor_since_it_would_be_ambiguous()
    {
        var port = TestHost.FreePort();
        using var host = TestHost.Build(akka => akka
            .WithRaft<TextMachine>("a", options => TestHost.OneNode(options, port))
            .WithRaft<TextMachine>("b", options => TestHost.OneNode(options, port)));
        await host.StartAsync();

        Assert.False(host.Services.GetRequiredService<ActorRegistry>().TryGet<TextMachine>(out _));
        await host.StopAsync();
    }

    /// <summary>All hosted services are made before the first one starts.</summary>
    [Fact]
    public async Task A_hosted_service_that_is_made_before_the_ActorSystem_starts_gets_a_client_that_works()
    {
        var early = new TaskCompletionSource<IRaftClient>();
        using var host = TestHost.Build(
            akka => akka.WithRaft<TextMachine>("orders", options => TestHost.OneNode(options, TestHost.FreePort())),
            services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(
                provider => new Early(provider.GetRequiredService<IRaftClient>(), early))));
        await host.StartAsync();

        var client = await early.Task.WaitAsync(TestHost.Patience);

        Assert.Same(client, host.Services.GetRequiredKeyedService<IRaftClient>("orders"));
        await client.ProposeAsync(TextMachine.Bytes("apple")).WaitAsync(TestHost.Patience);
        await host.StopAsync();
    }

    [Fact]
    public async Task Group_and_client_are_injected_by_name_and_without_one_where_there_is_just_one_group()
    {
        var port = TestHost.FreePort();
        using var one = TestHost.Build(akka => akka.WithRaft<TextMachine>("a", options => TestHost.OneNode(options, port)));
        using var two = TestHost.Build(akka => akka
            .WithRaft<TextMachine>("a", options => TestHost.OneNode(options, port))
            .WithRaft<TextMachine>("b", options => TestHost.OneNode(options, port)));
        await one.StartAsync();
        Assert.Same(one.Services.GetRequiredService<IRaftGroup>(), one.Services.GetRequiredKeyedService<RaftGroup>("a"));
        await one.StopAsync();
        await two.StartAsync();

        var unnamed = Assert.Throws<InvalidOperationException>(() => two.Services.GetRequiredService<IRaftClient>());
        var unknown = Assert.Throws<InvalidOperationException>(() => two.Services.GetRequiredKeyedService<IRaftGroup>("c"));

        Assert.Equal("Say which Raft group is meant: there are a, b.", unnamed.Message);
        Assert.Equal("There is no Raft group c: there are a, b.", unknown.Message);
        await two.StopAsync();
    }

    [Fact]
    public async Task After_the_host_stopped_a_client_says_so_and_the_services_can_be_disposed_of()
    {
        var host = TestHost.Build(
            akka => akka.WithRaft<TextMachine>("orders", options => TestHost.OneNode(options, TestHost.FreePort())));
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IRaftClient>();

        await host.StopAsync().WaitAsync(TestHost.Patience);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ProposeAsync(TextMachine.Bytes("apple")));
        await ((IAsyncDisposable)host).DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task HOCON_alone_configures_a_group()
    {
        using var host = TestHost.Build(akka => akka
            .AddHocon(
                "raft.groups.orders { node-id = n1, allow-in-memory-journal = on }\n"
                + $"raft.groups.orders.members = [\"n1=127.0.0.1:{TestHost.FreePort()}\"]",
                HoconAddMode.Append)
            .WithRaft<TextMachine>("orders"));
        await host.StartAsync();

        await host.Services.GetRequiredService<IRaftClient>()
            .ProposeAsync(TextMachine.Bytes("apple")).WaitAsync(TestHost.Patience);

        await host.StopAsync();
    }

    private sealed class Early(IRaftClient client, TaskCompletionSource<IRaftClient> made) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            made.SetResult(client);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed record Greeting(string Text);

    /// <summary>Answers each text with a greeting.</summary>
    private sealed class Echo(Greeting greeting) : IStateMachine
    {
        public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command) => Query(command);

        public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) =>
            TextMachine.Bytes($"{greeting.Text} {TextMachine.Text(query)}");

        public void TakeSnapshot(IBufferWriter<byte> snapshot)
        {
            // It has no state.
        }

        public void Restore(ReadOnlySequence<byte> snapshot)
        {
            // It has no state.
        }
    }
}
