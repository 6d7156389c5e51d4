using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>
/// Decides which hooks run, in order. Raft elects one leader per term, and a node becomes leader once per term (Raft §5.2), so a
/// leader hook runs at most once per term, on any node. A leader hook that has not started when leadership ends is skipped. Of
/// several waiting follower hooks only the newest runs. So at most two hooks wait.
/// </summary>
internal sealed class RoleHookPlan
{
    private readonly List<RoleHook> _waiting = [];
    private RoleHook? _newest;
    private bool _isStopping;

    /// <summary>Adds the role that the node took.</summary>
    /// <returns>Waiting hooks that are now skipped.</returns>
    public IReadOnlyList<RoleHook> Take(RoleChanged changed)
    {
        var hook = new RoleHook(changed.Role, changed.Term, changed.Leader);
        return changed.Role switch
        {
            RaftRole.Leader when !_isStopping && hook != _newest => Add(hook),
            RaftRole.Follower when BeginsToFollow(hook) => Add(hook),
            _ => [],
        };
    }

    /// <summary>The node stops: no new hooks start, except the follower hook of a leader.</summary>
    /// <returns>As for <see cref="Take"/>.</returns>
    public IReadOnlyList<RoleHook> Stop()
    {
        _isStopping = true;
        return _newest is { Role: RaftRole.Leader } led ? Add(new RoleHook(RaftRole.Follower, led.Term, Leader: null)) : [];
    }

    /// <summary>Returns the hook to run now; null if none waits.</summary>
    public RoleHook? Next()
    {
        if (_waiting is not [var next, ..]) return null;
        _waiting.RemoveAt(0);
        return next;
    }

    /// <summary>A follower hook runs at the start, after leadership, and when the leader of a term becomes known.</summary>
    private bool BeginsToFollow(RoleHook hook) =>
        _newest is null or { Role: RaftRole.Leader } || (hook.Leader is not null && hook != _newest);

    private List<RoleHook> Add(RoleHook hook)
    {
        var outdated = _waiting.FindAll(w => w.Role == RaftRole.Leader || hook.Role == RaftRole.Follower);
        _waiting.RemoveAll(outdated.Contains);
        _waiting.Add(hook);
        _newest = hook;
        return outdated;
    }
}
