using Raft.Actors.AspNetCore.Api;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of <see cref="EventRoutes"/>.</summary>
internal static class EventDocument
{
    public static RouteDocument Events => new("followEvents", "Inspection", "Follow the group live, as server-sent events")
    {
        Description = "The response does not end. Its events, each with JSON data:\n\n"
            + "- `cluster`, first: the response of `/api/cluster`, plus `history`, the samples of the last five minutes, and "
            + "`events`, the last 200 transitions. It is repeated when the list of nodes changes, and in place of events that a "
            + "slow reader missed.\n"
            + "- `node`: a node as `/api/cluster` lists it, whenever it changes: role, term, leader and reachability at once, "
            + "indexes and election timers up to ten times a second.\n"
            + "- `transition`: `at`, `nodeId`, `kind` (`role`, `leader`, `members`, `reachable`, `unreachable`, `down`, "
            + "`halted`), `term`, `role`, `leaderId` and `text`, such as `n2 term 7: candidate → leader`.\n"
            + "- `sample`, about once a second: `at`, `writesPerSecond`, `commitP50Ms` and `commitP99Ms`, measured by the "
            + "leader; null if there is no leader or nothing was written.\n\n"
            + "A client that reconnects receives `cluster` first again.",
        Answer = "The events, until the reader or the server closes the connection.",
        Example = "event: transition\ndata: {\"at\":\"2026-01-31T12:00:00Z\",\"nodeId\":\"n2\",\"kind\":\"role\",\"term\":7,"
            + "\"role\":\"leader\",\"leaderId\":\"n2\",\"text\":\"n2 term 7: candidate → leader\"}\n\n",
        Problems = new Dictionary<int, string>
        {
            [503] = $"{ApiLimits.MaxEventStreams} clients follow already. Try again after `Retry-After` seconds, or use "
                + "another node.",
        },
    };
}
