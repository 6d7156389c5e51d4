using System.Security.Cryptography;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using Raft.Programs.Addresses;
using Raft.Programs.Hosting;

namespace Raft.Programs.Joining;

/// <summary>
/// Joins the process to the Akka cluster and keeps it there. It asks the seed nodes until one replies, and resolves their names
/// again meanwhile. Afterwards it keeps asking seed nodes that are not in its cluster, because they may have formed their own
/// while nobody reached them. If they have, the processes of the smaller cluster move to the larger one, with new ActorSystems.
/// It trusts only replies to its own requests: an unsolicited text only makes it ask the process that the text names.
/// </summary>
internal sealed class Joiner : ReceiveActor, IWithTimers
{
    /// <summary>The path of the actor below <c>/user</c>, which is listed in <c>trusted-selection-paths</c>.</summary>
    public const string Name = "joining";

    private const string BackPrefix = "back-";
    private const int TokenLength = 32;
    private const int TicksOfRound = 2;
    private const int TicksBetweenLookUps = 5;

    /// <summary>How long a process that could only join itself waits for another one to ask it first.</summary>
    private const int TicksOfListening = 2;

    /// <summary>How long it tries members that another process reported.</summary>
    private const int TicksOfTold = 6;

    /// <summary>The maximum number of pending requests caused by strangers. Further ones are not asked.</summary>
    private const int MaxAskedBack = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a process that belongs to a Raft cluster waits for replies before it joins.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(0.5);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Islands _islands = new();
    private readonly RaftClusters _clusters = new();
    private readonly HashSet<string> _warnedOf = [];
    private readonly JoiningOptions _options;
    private readonly TaskCompletionSource<Ending> _ended;
    private readonly HostPort _self;
    private IReadOnlyList<Seed> _seeds = [];
    private HashSet<string> _unresolved = [];
    private IReadOnlyList<string> _told;
    private string? _toldBy;
    private int _toldAt;
    private int _ticks;
    private bool _hasJoined;
    private bool _knowsCluster;
    private bool _hasToWait;

    public Joiner(JoiningOptions options, TaskCompletionSource<Ending> ended)
    {
        _options = options;
        _ended = ended;
        _self = HostPort.Of(_cluster.SelfAddress);
        _told = [.. options.Through.Select(t => $"{t}#0")];
        Receive<Tick>(_ => OnTick());
        Receive<LookedUp>(message => OnLookedUp(message.Seeds));
        Receive<OwnCluster>(message => OnOwnCluster(message.Id));
        Receive<Asked>(_ => JoinWhereAlone());
        Receive<Status.Failure>(_ => { });
        Receive<string>(OnText);
        Receive<Answered>(answer => OnAnswer(answer.View));
        Receive<ThisActorSystemQuarantinedEvent>(_ => End("Other processes have quarantined this process.", []));
    }

    /// <summary>Set by Akka.NET.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    private void OnTick()
    {
        var isMember = Mine(isRequest: false).IsMember;
        if (isMember && !_hasJoined)
            _log.Info("Joined the Akka cluster; it has {Processes} processes", _cluster.State.Members.Count);
        _hasJoined = isMember;
        if (_clusters.Own is null) _options.RaftCluster().PipeTo(Self, success: id => new OwnCluster(id));
        TellMembers();
        if (_ticks - _toldAt > TicksOfTold) _told = [];
        if (!isMember || _ticks % TicksBetweenLookUps == 0)
            Seed.LookUpAsync(_options.Seeds, _options.Advertised).PipeTo(Self, success: seeds => new LookedUp(seeds));
        else
            OnLookedUp(_seeds);
    }

    private void OnLookedUp(IReadOnlyList<Seed> seeds)
    {
        _seeds = seeds;
        var unresolved = seeds.Where(s => s.Addresses.Count == 0).Select(s => s.Written.Host).ToHashSet();
        foreach (var name in unresolved.Except(_unresolved))
            _log.Warning("{Name} in RAFT_SEED_NODES does not resolve. Retrying until it does", name);
        _unresolved = unresolved;
        if (_ticks % TicksOfRound == 0) JoinWhereAlone();
        Ask();
        _ticks++;
    }

    private void JoinWhereAlone()
    {
        if (!_hasJoined) Join();
    }

    /// <summary>
    /// A process that belongs to a Raft cluster listens first, because processes that reply may belong to another one.
    /// </summary>
    private void OnOwnCluster(string? id)
    {
        var isFirst = !_knowsCluster;
        (_clusters.Own, _knowsCluster) = (id, true);
        if (!isFirst) return;
        if (id is null) JoinWhereAlone();
        else Timers.StartSingleTimer(nameof(Asked), Asked.Instance, Listening);
    }

    /// <summary>Processes without a node, such as lighthouses, learn their Raft cluster only from others.</summary>
    private void TellMembers()
    {
        if (_clusters.Own is not { } own) return;
        var members = _cluster.State.Members.Order(Member.AgeOrdering).ToArray();
        var notice = new ClusterNotice(AkkaClusterView.NameOf(_cluster.SelfUniqueAddress), own).ToString();
        foreach (var other in members.Where(m => m.UniqueAddress != _cluster.SelfUniqueAddress))
            Selection(HostPort.Of(other.Address)).Tell(notice);
        var older = members.TakeWhile(m => m.UniqueAddress != _cluster.SelfUniqueAddress)
            .Select(m => AkkaClusterView.NameOf(m.UniqueAddress));
        if (_clusters.HasToLeave(older)) Move(
            $"This process belongs to Raft cluster {own} but joined the Akka cluster of another one.", []);
    }

    private void Join()
    {
        if (!_knowsCluster || Timers.IsTimerActive(nameof(Asked))) return;
        if (_toldBy is { } teller && IsForeign(AkkaClusterView.AddressOf(teller))) _told = [];
        var told = _told.Select(AkkaClusterView.AddressOf).Concat(_options.Known()).Where(m => m != _self);
        var inOrder = Seed.InOrder(_seeds);
        IReadOnlyList<HostPort> others = [.. told];
        var all = (_told.Count > 0 ? others.Concat(inOrder) : inOrder.Concat(others)).Distinct()
            .Where(s => !IsForeign(s)).ToArray();
        if (all.Length == 0 || (all.All(s => s == _self) && _ticks < TicksOfListening)) return;
        _cluster.JoinSeedNodes(all.Select(s => s.In(_cluster.SelfAddress)));
    }

    /// <summary>Asks all processes that might be in another Akka cluster, or know one.</summary>
    private void Ask()
    {
        var reachable = _cluster.State.Members.Except(_cluster.State.Unreachable).Select(m => HostPort.Of(m.Address)).ToHashSet();
        var others = Seed.InOrder(_seeds).Concat(_options.Known()).Distinct();
        foreach (var other in others.Where(o => o != _self && !reachable.Contains(o)))
            Ask(other, $"ask-{Token()}");
    }

    private void Ask(HostPort other, string name) =>
        Context.ActorOf(Inquiry.Props(Selection(other), Texts(isRequest: true)), name);

    private ActorSelection Selection(HostPort process) =>
        Context.ActorSelection($"{process.In(_cluster.SelfAddress)}/user/{Name}");

    /// <summary>Sends the notice first, so that the receiver of the view knows whether it applies.</summary>
    private IReadOnlyList<string> Texts(bool isRequest)
    {
        var mine = Mine(isRequest);
        return _clusters.OfSide(mine.Members) is { } cluster
            ? [new ClusterNotice(mine.Self, cluster).ToString(), mine.ToString()]
            : [mine.ToString()];
    }

    /// <summary>Any process can send a text with any content.</summary>
    private void OnText(string text)
    {
        if (ClusterNotice.Parse(text) is { } notice) OnNotice(notice);
        else if (AkkaClusterView.Parse(text) is { IsRequest: true } theirs) OnRequest(theirs);
    }

    /// <summary>A process reports only itself.</summary>
    private void OnNotice(ClusterNotice notice)
    {
        if (Sender.Path.Address is { Host: not null, Port: not null } address
            && HostPort.Of(address) == AkkaClusterView.AddressOf(notice.Self))
            _clusters.Note(notice);
    }

    private void OnRequest(AkkaClusterView theirs)
    {
        foreach (var answer in Texts(isRequest: false)) Sender.Tell(answer);
        var mine = Mine(isRequest: false);
        if (IsForeign(theirs, mine)) return;
        var isOfInterest = mine.IsMember ? mine.YieldsTo(theirs) : theirs.Members.Count > 0;
        var from = AkkaClusterView.AddressOf(theirs.Self);
        if (isOfInterest && from != _self && AskedBack.Count() < MaxAskedBack) Ask(from, $"{BackPrefix}{Token()}");
    }

    private void OnAnswer(AkkaClusterView theirs)
    {
        var mine = Mine(isRequest: false);
        if (IsForeign(theirs, mine)) return;
        if (!mine.IsMember && theirs.Members.Count > 0) OnTold(theirs);
        if (_islands.HasToYield(mine, theirs))
            Move(
                $"This process is in an Akka cluster of {mine.Members.Count} processes and found one of "
                + $"{theirs.Members.Count}. It moves there.",
                [.. theirs.Members.Select(AkkaClusterView.AddressOf)]);
    }

    private bool IsForeign(AkkaClusterView theirs, AkkaClusterView mine)
    {
        _clusters.Meet(theirs.Self);
        if (!_clusters.IsForeign(AkkaClusterView.AddressOf(theirs.Self), mine.Members)) return false;
        WarnOfForeign(theirs.Self, _clusters.OfSide(mine.Members)!);
        return true;
    }

    /// <summary>Leaves the Akka cluster for another one, unless the last move was too recent.</summary>
    private void Move(string reason, IReadOnlyList<HostPort> through)
    {
        if (_options.Moves.PauseLeft is var left && left == TimeSpan.Zero)
        {
            _options.Moves.Note();
            End(reason, through);
            return;
        }

        if (!_hasToWait)
            _log.Warning(
                "{Reason} It has moved recently and waits for {Minutes:F0} minutes", reason, Math.Ceiling(left.TotalMinutes));
        _hasToWait = true;
    }

    private bool IsForeign(HostPort process) => _clusters.IsForeign(process, Mine(isRequest: false).Members);

    private void WarnOfForeign(string process, string own)
    {
        const int Limit = 64;
        if (_warnedOf.Count >= Limit || !_warnedOf.Add(process)) return;
        _log.Warning(
            "{Address} belongs to Raft cluster {Other}, this process to {Cluster}. Not joining it. Correct RAFT_SEED_NODES, "
            + "RAFT_MEMBERS or RAFT_REMOTE there or here", AkkaClusterView.AddressOf(process), _clusters.Of(process), own);
    }

    private void OnTold(AkkaClusterView teller)
    {
        var isNews = _told.Count == 0;
        (_told, _toldBy, _toldAt) = (teller.Members, teller.Self, _ticks);
        if (isNews) Join();
    }

    private void End(string reason, IReadOnlyList<HostPort> through) => _ended.TrySetResult(new Ending(reason, through));

    private static IEnumerable<IActorRef> AskedBack =>
        Context.GetChildren().Where(c => c.Path.Name.StartsWith(BackPrefix, StringComparison.Ordinal));

    private static string Token() => RandomNumberGenerator.GetHexString(TokenLength);

    private AkkaClusterView Mine(bool isRequest)
    {
        var members = _cluster.State.Members.Where(m => m.Status is not (MemberStatus.Down or MemberStatus.Removed));
        IReadOnlyList<string> seen = [.. members.Select(m => AkkaClusterView.NameOf(m.UniqueAddress))];
        return new AkkaClusterView(isRequest, AkkaClusterView.NameOf(_cluster.SelfUniqueAddress), seen);
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed class Asked : INoSerializationVerificationNeeded
    {
        public static readonly Asked Instance = new();
    }

    private sealed record OwnCluster(string? Id) : INoSerializationVerificationNeeded;

    private sealed record LookedUp(IReadOnlyList<Seed> Seeds) : INoSerializationVerificationNeeded;
}
