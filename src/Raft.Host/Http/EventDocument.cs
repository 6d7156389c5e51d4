using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="EventRoutes"/>.</summary>
internal static class EventDocument
{
    public static RouteDocument Events => new("followEvents", "Inspection", "The group as it lives, as server-sent events")
    {
        Description = "The answer does not end. Its events, each with data in JSON:\n\n"
            + "- `cluster`, first: what `/api/cluster` answers, with `history`, the samples of the last five minutes, and `events`, "
            + "the last 200 transitions. It comes again when the list of nodes changes, and in place of what a slow reader missed.\n"
            + "- `node`: one node as `/api/cluster` lists it, when something of it changed: role, term, leader and reachability at "
            + "once, indexes and election timers ten times a second.\n"
            + "- `transition`: `at`, `nodeId`, `kind` (`role`, `leader`, `members`, `reachable`, `unreachable`, `down`, `halted`), "
            + "`term`, `role`, `leaderId` and `text`, such as `n2 term 7: candidate → leader`.\n"
            + "- `sample`, about once a second: `at`, `writesPerSecond`, `commitP50Ms` and `commitP99Ms`, as the leader measures them; "
            + "null where nobody leads or nothing was written.\n\n"
            + "A reader that connects again gets all of it again.",
        Answer = "The events, until the reader or the server closes the connection.",
        Example = "event: transition\ndata: {\"at\":\"2026-01-31T12:00:00Z\",\"nodeId\":\"n2\",\"kind\":\"role\",\"term\":7,\"role\":\"leader\","
            + "\"leaderId\":\"n2\",\"text\":\"n2 term 7: candidate → leader\"}\n\n",
        Problems = new Dictionary<int, string>
        {
            [503] = $"{ApiLimits.MaxEventStreams} readers follow already. Try again after `Retry-After` seconds, or ask another node.",
        },
    };
}
