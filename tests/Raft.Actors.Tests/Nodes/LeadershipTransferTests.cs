using Raft.Actors.Configuration;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Configuration;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

public sealed class LeadershipTransferTests
{
    private static readonly NodeId N2 = new("n2");
    private static readonly NodeId N3 = new("n3");
    private static readonly RaftSettings Settings = TestSettings.With("");
    private static readonly TimeSpan Timeout = Settings.ElectionTimeoutMax;

    private readonly RecordingRef _ann = new("ann");
    private readonly RecordingRef _bob = new("bob");
    private readonly LeadershipTransfer _transfer = new(Settings);

    [Fact]
    public void A_request_for_the_transfer_under_way_or_for_any_gets_its_outcome()
    {
        Assert.False(_transfer.TryJoin(N2, _ann));
        _transfer.Begin(N2, _ann);
        Assert.True(_transfer.TryJoin(target: null, _bob));
        Assert.True(_transfer.TryJoin(N2, _bob));
        Assert.False(_transfer.TryJoin(N3, _bob));

        End(leader: N2);
        Assert.Equal([new LeadershipTransferred(Settings.NodeId, N2, new Term(3))], _ann.Received);
        Assert.Equal(2, _bob.Received.Count);
        Assert.False(_transfer.IsUnderWay);
    }

    [Theory]
    [InlineData("n3", "n3 was elected, and not n2.")]
    [InlineData("n1", "n2 did not take over")]
    [InlineData(null, "nobody was known to be elected")]
    public void Waiting_requesters_learn_why_the_target_does_not_lead(string? leader, string why)
    {
        _transfer.Begin(N2, _ann);
        End(leader is null ? null : new NodeId(leader));

        Assert.Contains(why, Assert.IsType<TransferRefused>(Assert.Single(_ann.Received)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transfer_that_has_ended_is_answered_only_once()
    {
        _transfer.Begin(N2, _ann);
        End(N2);
        _transfer.Begin(N3, _bob);
        End(N3);

        Assert.Single(_ann.Received);
        Assert.Single(_bob.Received);
    }

    [Fact]
    public void A_node_that_is_shut_down_wants_to_lead_less_than_anybody()
    {
        Assert.Equal(Settings.LeadershipPreference, _transfer.Preference);
        _transfer.OnLeaving();

        Assert.Equal(LeadershipPreference.Avoid, _transfer.Preference);
    }

    [Fact]
    public void A_new_leader_transfers_its_leadership_only_after_a_while_and_not_soon_again()
    {
        _transfer.OnElected(TimeSpan.Zero);
        Assert.False(_transfer.MayTransfer(Timeout - TimeSpan.FromTicks(1)));
        Assert.True(_transfer.MayTransfer(Timeout));

        _transfer.OnOwnTransfer(Timeout);
        _transfer.OnElected(2 * Timeout);
        Assert.False(_transfer.MayTransfer(10 * Timeout));
        Assert.True(_transfer.MayTransfer(11 * Timeout));

        _transfer.Begin(N2);
        Assert.False(_transfer.MayTransfer(11 * Timeout));
    }

    private void End(NodeId? leader) => _transfer.End(leader, new Term(3), new RecordingRef("node"), isStopping: false);
}
