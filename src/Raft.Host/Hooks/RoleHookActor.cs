using System.Globalization;
using Akka;
using Akka.Actor;
using Akka.Event;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>
/// Runs an operator's scripts when the node of this process takes a role, one at a time and in order. The node never waits for
/// them.
/// </summary>
internal sealed class RoleHookActor : ReceiveActor, IDisposable
{
    private readonly RoleHookOptions _options;
    private readonly GroupId _group;
    private readonly NodeId _node;
    private readonly RoleHookPlan _plan = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef? _asker;
    private bool _isRunning;

    /// <param name="options">The scripts.</param>
    /// <param name="group">The Raft group.</param>
    /// <param name="node">The node.</param>
    public RoleHookActor(RoleHookOptions options, GroupId group, NodeId node)
    {
        _options = options;
        _group = group;
        _node = node;
        Receive<RoleChanged>(changed => changed.Group == group && changed.Node == node, changed => Skip(_plan.Take(changed)));
        Receive<NodeHalted>(halted => halted.Group == group && halted.Node == node, _ => Skip(_plan.Stop()));
        Receive<Finish>(_ =>
        {
            _asker = Sender;
            Skip(_plan.Stop());
        });
        Receive<Ended>(OnEnded);
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RoleChanged));
        Context.System.EventStream.Subscribe(Self, typeof(NodeHalted));
    }

    /// <summary>Cancels the current run.</summary>
    protected override void PostStop()
    {
        _stop.Cancel();
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private void Skip(IReadOnlyList<RoleHook> outdated)
    {
        foreach (var hook in outdated.Where(h => _options.ScriptOf(h.Role) is not null))
            _log.Warning("{0} term {1}: {2} is skipped because the role has changed again", _node, hook.Term, hook.Variable);
        RunNext();
    }

    private void RunNext()
    {
        if (_isRunning) return;
        while (_plan.Next() is { } hook)
        {
            if (_options.ScriptOf(hook.Role) is not { } script) continue;
            _isRunning = true;
            _log.Info("{0} term {1}: {2} runs", _node, hook.Term, hook.Variable);
            RunAsync(hook, script).PipeTo(Self);
            return;
        }

        _asker?.Tell(Done.Instance);
        _asker = null;
    }

    private Task<Ended> RunAsync(RoleHook hook, string script)
    {
        var (log, node, stop) = (_log, _node, _stop.Token);
        void Write(string line) => log.Info("{0} term {1}: {2}: {3}", node, hook.Term, hook.Variable, line);
        return Task.Run(async () => new Ended(
            hook, await HookProcess.RunAsync(script, VariablesOf(hook), _options.Timeout, Write, stop).ConfigureAwait(false)));
    }

    private Dictionary<string, string> VariablesOf(RoleHook hook) => new()
    {
        ["RAFT_NODE_ID"] = _node.Value,
        ["RAFT_GROUP"] = _group.Value,
        ["RAFT_ROLE"] = hook.Role == RaftRole.Leader ? "leader" : "follower",
        ["RAFT_TERM"] = hook.Term.Value.ToString(CultureInfo.InvariantCulture),
        ["RAFT_LEADER_ID"] = hook.Leader?.Value ?? "",
    };

    private void OnEnded(Ended ended)
    {
        _isRunning = false;
        if (ended.Problem is { } problem)
            _log.Warning("{0} term {1}: {2} {3}", _node, ended.Hook.Term, ended.Hook.Variable, problem);
        RunNext();
    }

    /// <summary>The process ends: cancel the current run. The reply is <see cref="Done"/>, once no hook waits or runs.</summary>
    public sealed record Finish : INoSerializationVerificationNeeded
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>A run has ended.</summary>
    private sealed record Ended(RoleHook Hook, string? Problem) : INoSerializationVerificationNeeded;
}
