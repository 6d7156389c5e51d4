using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>
/// Decides which hooks run, in order. Raft elects one leader a term and a node leads a term once (Raft §5.2), so a leader's hook
/// runs at the most once for a term, on any node. A leader's hook that has not begun when its leadership is over is not run; of
/// followers' hooks that wait, the newest is. So never more than two wait.
/// </summary>
internal sealed class RoleHookPlan
{
    private readonly List<RoleHook> _waiting = [];
    private RoleHook? _newest;
    private bool _isStopping;

    /// <summary>Takes what the node became.</summary>
    /// <returns>Hooks that waited and are not run any more.</returns>
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

    /// <summary>The node stops: what it began as a leader is ended, and nothing is begun any more.</summary>
    /// <returns>As <see cref="Take"/>.</returns>
    public IReadOnlyList<RoleHook> Stop()
    {
        _isStopping = true;
        return _newest is { Role: RaftRole.Leader } led ? Add(new RoleHook(RaftRole.Follower, led.Term, Leader: null)) : [];
    }

    /// <summary>The hook to run now; null where none waits.</summary>
    public RoleHook? Next()
    {
        if (_waiting is not [var next, ..]) return null;
        _waiting.RemoveAt(0);
        return next;
    }

    /// <summary>At the start, after leading, and when the leader of a term becomes known.</summary>
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
