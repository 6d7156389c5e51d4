using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Host.Tests.Hosting;

/// <summary>Messages that Raft's actors send within a process, with the program's configuration.</summary>
public sealed class LocalMessagesTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("local", ConfigurationFactory
        .ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF\nakka.actor.provider = local")
        .WithFallback(Hocon.Load("common.conf"))
        .WithFallback(RaftConfig.Reference));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void A_message_that_never_leaves_the_process_cannot_leave_it() =>
        Assert.Throws<SerializationException>(
            () => _system.Serialization.Serialize(new NodeHalted(new GroupId("orders"), new NodeId("n1"), "the disk is full")));
}
