using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>The client of a process without a node, which learns of nodes as it goes.</summary>
public sealed class GatewayClientTests : ClientScenario
{
    [Fact]
    public void A_stale_query_moves_on_from_a_silent_node()
    {
        var client = GatewayClient(() => [A.Ref, B.Ref]);
        _ = Ask(client, "q", ReadConsistency.Stale);
        A.ExpectsQueries(ReadConsistency.Stale, "q");
        Advance(A, FailoverAfter);
        B.ExpectsQueries(ReadConsistency.Stale, "q");
    }

    [Fact]
    public void A_stale_query_stays_on_the_own_node()
    {
        var client = Client();
        _ = Ask(client, "q", ReadConsistency.Stale);
        A.ExpectsQueries(ReadConsistency.Stale, "q");
        Advance(A, FailoverAfter);
        NobodyHasAnything();
    }

    [Fact]
    public void Requests_wait_until_a_node_is_known()
    {
        IReadOnlyList<IActorRef> contacts = [];
        var client = GatewayClient(() => contacts);
        _ = Propose(client, "x");
        Pass(RetryInterval);
        contacts = [A.Ref];
        Pass(RetryInterval);
        A.ExpectsSearch();
        A.Leads();
        A.OpensSession();
        A.ExpectsCommands("x");
    }

    [Fact]
    public async Task Without_a_known_node_requests_have_no_effect()
    {
        var client = GatewayClient(() => []);
        var write = Propose(client, "x");
        var read = Ask(client, "q", ReadConsistency.Stale);
        Pass(RequestTimeout + RetryInterval);
        await Fails<RaftUnavailableException>(write);
        await Fails<RaftUnavailableException>(read);
    }

    /// <summary>Time passes for a client that no node knows yet.</summary>
    private void Pass(TimeSpan time)
    {
        Settle();
        for (var passed = TimeSpan.Zero; passed < time; passed += RetryInterval)
        {
            ((VirtualTime)Sys.Scheduler).Advance(RetryInterval);
            Settle();
        }
    }

    private void Settle()
    {
        for (var i = 0; i < 2; i++)
        {
            Sys.ActorSelection("/user/*").Tell(new Identify(null), TestActor);
            ExpectMsg<ActorIdentity>();
        }
    }
}
