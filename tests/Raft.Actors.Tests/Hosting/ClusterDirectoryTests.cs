using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Raft.Actors.Hosting;
using Raft.Actors.Protocol;
using Xunit;
using Member = Raft.Actors.Membership.Member;

namespace Raft.Actors.Tests.Hosting;

public sealed class ClusterDirectoryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_member_of_the_Akka_cluster_tells_by_its_role_which_node_it_is_and_where()
    {
        using var system = ActorSystem.Create("directory", ConfigurationFactory.ParseString("""
            akka {
              actor.provider = cluster
              cluster.roles = ["raft", "raft-id-n7"]
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              loglevel = OFF
              stdout-loglevel = OFF
            }
            """));
        var directory = ClusterDirectory.Start(system, known: [Member.Parse("n7=10.0.0.7:4053"), Member.Parse("n8=10.0.0.8:4053")]);
        var moved = new TaskCompletionSource<Member>(TaskCreationOptions.RunContinuationsAsynchronously);
        directory.Changed += member => moved.TrySetResult(member);

        var own = Cluster.Get(system).SelfAddress;
        Cluster.Get(system).Join(own);

        Assert.Equal(new Member(new NodeId("n7"), own.Host!, own.Port!.Value), await moved.Task.WaitAsync(Patience));
        Assert.Equal("10.0.0.8:4053", directory.Find(new NodeId("n8"))!.Address);
        await system.Terminate();
    }
}
