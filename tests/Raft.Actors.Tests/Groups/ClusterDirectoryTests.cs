using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Groups;

public sealed class ClusterDirectoryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_member_of_the_Akka_cluster_tells_by_its_role_which_node_it_is_and_where()
    {
        using var system = Start("n7");
        var directory = ClusterDirectory.Start(
            system, known: [RaftMember.Parse("n7=10.0.0.7:4053"), RaftMember.Parse("n8=10.0.0.8:4053")]);
        var moved = Next(directory);

        Cluster.Get(system).Join(Cluster.Get(system).SelfAddress);

        Assert.Equal(At("n7", system), await moved.WaitAsync(Patience));
        Assert.Equal("10.0.0.8:4053", directory.Find(new NodeId("n8"))!.Address);
        await system.Terminate();
    }

    /// <summary>A process that joins with a configured member's role must not get its messages and answer for it.</summary>
    [Fact]
    public async Task A_configured_address_stays_whoever_joins_with_the_nodes_role()
    {
        using var system = Start("n7");
        using var stranger = Start("n8");
        var configured = RaftMember.Parse("n8=10.0.0.8:4053");
        var directory = ClusterDirectory.Start(system, known: [], configured);
        using var third = Start("n9");
        var last = Until(directory, "n9");

        await JoinAsync(system, stranger, third);
        await last.WaitAsync(Patience);

        Assert.Equal(configured, directory.Find(new NodeId("n8")));
        await Task.WhenAll(system.Terminate(), stranger.Terminate(), third.Terminate());
    }

    [Fact]
    public async Task A_reported_address_changes_only_when_its_process_has_left_the_Akka_cluster()
    {
        using var system = Start("n7");
        using var first = Start("n8");
        using var second = Start("n8");
        using var third = Start("n9");
        var directory = ClusterDirectory.Start(system, known: []);
        var last = Until(directory, "n9");

        await JoinAsync(system, first, second, third);
        await last.WaitAsync(Patience);
        Assert.Equal(At("n8", first), directory.Find(new NodeId("n8")));

        var moved = Next(directory);
        await Cluster.Get(first).LeaveAsync();
        Assert.Equal(At("n8", second), await moved.WaitAsync(Patience));
        await Task.WhenAll(system.Terminate(), first.Terminate(), second.Terminate(), third.Terminate());
    }

    private static ActorSystem Start(string node) => ActorSystem.Create("directory", ConfigurationFactory.ParseString($$"""
        akka {
          actor.provider = cluster
          cluster.roles = ["raft", "raft-id-{{node}}"]
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          loglevel = OFF
          stdout-loglevel = OFF
        }
        """));

    /// <summary>They join one after the other, so that they are of this age.</summary>
    private static async Task JoinAsync(ActorSystem first, params ActorSystem[] others)
    {
        var address = Cluster.Get(first).SelfAddress;
        await Cluster.Get(first).JoinAsync(address);
        foreach (var other in others) await Cluster.Get(other).JoinAsync(address);
    }

    private static Task<RaftMember> Next(NodeDirectory directory)
    {
        var next = new TaskCompletionSource<RaftMember>(TaskCreationOptions.RunContinuationsAsynchronously);
        directory.Changed += member => next.TrySetResult(member);
        return next.Task;
    }

    /// <summary>Reports that arrived before the group started are in the directory.</summary>
    private static Task Until(NodeDirectory directory, string node)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        directory.Changed += member =>
        {
            if (member.Id.Value == node) told.TrySetResult();
        };
        return told.Task;
    }

    private static RaftMember At(string node, ActorSystem system)
    {
        var address = Cluster.Get(system).SelfAddress;
        return new RaftMember(new NodeId(node), address.Host!, address.Port!.Value);
    }
}
