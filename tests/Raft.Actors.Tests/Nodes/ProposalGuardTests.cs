using Raft.Actors.Configuration;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Configuration;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

/// <summary>What a leader refuses to append, with one sentence that says why.</summary>
public sealed class ProposalGuardTests
{
    private static readonly RaftSettings Settings = TestSettings.With("raft.max-command-bytes = 10B");

    private static readonly Dictionary<string, (Proposal Proposal, string? Reason)> Cases = new()
    {
        ["a command"] = (new Proposal(1, new byte[10]), null),
        ["a large one"] = (new Proposal(1, new byte[11]), "11 bytes; at most 10"),
        ["a session's command"] = (Of(new SessionCommand(new SessionId(1), 1, 0)), null),
        ["a session of no index"] = (Of(new SessionCommand(new SessionId(-1), 1, 0)), "session -1 does not exist"),
        ["a sequence of 0"] = (Of(new SessionCommand(new SessionId(1), 0, 0)), "sequence 0 is below 1"),
        ["a negative acknowledgement"] = (Of(new SessionCommand(new SessionId(1), 1, -1)), "acknowledgement -1 is negative"),
        ["an acknowledgement of itself"] = (Of(new SessionCommand(new SessionId(1), 5, 5)), "not above the acknowledged 5"),
        ["a keyed command"] = (Of(new KeyedCommand(new IdempotencyKey("k"))), null),
        ["an empty key"] = (Of(new KeyedCommand(new IdempotencyKey(""))), "1 to 255 printable ASCII characters"),
        ["a long key"] = (Of(new KeyedCommand(new IdempotencyKey(new string('k', 256)))), "1 to 255"),
        ["a session"] = (new Proposal(1, default) { Kind = EntryKind.OpenSession }, null),
        ["a session with bytes"] = (new Proposal(1, new byte[1]) { Kind = EntryKind.OpenSession }, "without a command"),
        ["a no-op"] = (new Proposal(1, default) { Kind = EntryKind.NoOp }, "kind 0"),
        ["an unknown kind"] = (new Proposal(1, default) { Kind = (EntryKind)9 }, "kind 9"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proposal_is_fine_or_refused_in_one_sentence(string name)
    {
        var (proposal, reason) = Cases[name];
        var problem = ProposalGuard.Problem(proposal, Settings);
        if (reason is null) Assert.Null(problem);
        else Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    private static Proposal Of(CommandOrigin origin) => new(1, new byte[1]) { Origin = origin };
}
