using System.Text.Json;

namespace Raft.Benchmarks.Failover;

/// <summary>A node's status, as far as the measurement needs it.</summary>
/// <param name="IsLeader">Whether it leads.</param>
/// <param name="Term">Its term.</param>
/// <param name="Leader">The number of the node that it knows as leader, from 0; -1 for none.</param>
/// <param name="Committed">Its commit index.</param>
/// <param name="Applied">The last index that it applied.</param>
internal sealed record NodeView(bool IsLeader, long Term, int Leader, long Committed, long Applied)
{
    public static NodeView Of(JsonElement status) => new(
        status.GetProperty("role").GetString() == "leader",
        status.GetProperty("term").GetInt64(),
        status.GetProperty("leaderId").GetString() is { } id ? id[1] - '1' : -1,
        status.GetProperty("commitIndex").GetInt64(),
        status.GetProperty("lastApplied").GetInt64());
}
