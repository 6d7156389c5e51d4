using System.Collections.Immutable;
using System.Reflection;
using CsCheck;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Serialization;

/// <summary>Random messages of any type, made from the parameters of its constructor.</summary>
internal static class RandomMessages
{
    private static readonly Gen<long> GenLong =
        Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue], Gen.OneOf<long>(0, 1L << 60, long.MaxValue));

    private static readonly Gen<string> GenText = Gen.String[Gen.Char["abc019 ._-é→"], 0, 20];

    private static readonly Gen<TimeSpan> GenTime = GenLong.Select(v => TimeSpan.FromMilliseconds(v % (1L << 49)));

    /// <summary>Session 0 stands for none, so no command has it.</summary>
    private static readonly Gen<CommandOrigin?> GenOrigin = Gen.OneOf(
        Gen.Const<CommandOrigin?>(() => null),
        Gen.Select(GenLong, GenLong, GenLong, (session, sequence, acknowledged) =>
            (CommandOrigin?)new SessionCommand(new SessionId(Math.Max(1, session)), sequence, acknowledged)),
        Gen.String[Gen.Char[' ', '~'], 1, 255].Select(key => (CommandOrigin?)new KeyedCommand(new IdempotencyKey(key))));

    private static readonly Gen<TraceParent?> GenTrace =
        Gen.OneOf(Gen.Const<TraceParent?>(() => null), GenText.Select(text => (TraceParent?)new TraceParent(text)));

    private static readonly Gen<ClusterId?> GenCluster =
        Gen.OneOf(Gen.Const<ClusterId?>(() => null), GenText.Select(text => (ClusterId?)new ClusterId(text)));

    private static readonly Type[] Replies =
        [.. typeof(ClientReply).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ClientReply)))];

    public static Gen<object> Of(Type type) =>
        type == typeof(GetStatus) ? Gen.Const<object>(GetStatus.Instance)
        : type == typeof(TakeSnapshot) ? GenCluster.Select(cluster => (object)new TakeSnapshot { Cluster = cluster })
        : type == typeof(LogPoint)
            ? Gen.Select(Made(type), GenTime, (point, time) => (object)((LogPoint)point with { Time = time }))
        : type == typeof(FindLeader) ? GenCluster.Select(cluster => (object)new FindLeader { Cluster = cluster })
        : type == typeof(LeaderIs) ? Gen.Select(Made(type), GenCluster, Gen.Int[0, 9], (answer, cluster, voters) => (object)(
            (LeaderIs)answer with { Cluster = cluster, Voters = voters }))
        : type == typeof(Propose)
            ? Gen.Select(Made(type), GenCluster, (m, cluster) => (object)((Propose)m with { Cluster = cluster }))
        : type == typeof(ClientQuery)
            ? Gen.Select(Made(type), GenCluster, (m, cluster) => (object)((ClientQuery)m with { Cluster = cluster }))
        : type == typeof(GetLog)
            ? Gen.Select(Made(type), GenCluster, (m, cluster) => (object)((GetLog)m with { Cluster = cluster }))
        : type == typeof(TransferLeadership) ? Gen.Select(Made(type), GenCluster, (m, cluster) => (object)(
            (TransferLeadership)m with { Cluster = cluster }))
        : type == typeof(GetDiagnostics) ? Gen.Const<object>(GetDiagnostics.Instance)
        : type == typeof(ClientReply) ? Gen.OneOf([.. Replies.Select(Of)])
        : type == typeof(CommandOrigin) ? GenOrigin.Select(o => (object)o!)
        : type == typeof(LogEntry) ? Gen.Select(Made(type), GenTime, GenOrigin, (entry, time, origin) =>
            (object)((LogEntry)entry with { Time = time, Origin = origin }))
        : type == typeof(Proposal) ? Gen.Select(
            Made(type), Gen.Bool, GenOrigin, GenTrace, (proposal, opens, origin, trace) => (object)(
                (Proposal)proposal with
                {
                    Kind = opens ? EntryKind.OpenSession : EntryKind.Command,
                    Origin = origin,
                    Trace = trace,
                }))
        : type == typeof(AppendEntries)
            ? Gen.Select(Made(type), Made(typeof(EntryTrace)).Array[0, 3], (append, traces) => (object)(
                (AppendEntries)append with { Traces = [.. traces.Cast<EntryTrace>()] }))
        : type == typeof(BootstrapPlan) ? Made(type).Where(plan => ((BootstrapPlan)plan).Participants.Count > 0)
        : Made(type);

    /// <summary>Calls the constructor with the most parameters: the primary one of a record.</summary>
    private static Gen<object> Made(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var arguments = Gen.Const(ImmutableList<object?>.Empty);
        foreach (var parameter in constructor.GetParameters())
            arguments = Gen.Select(arguments, Argument(parameter), (list, value) => list.Add(value));
        return arguments.Select(list => constructor.Invoke([.. list]));
    }

    private static Gen<object?> Argument(ParameterInfo parameter)
    {
        var isNullable = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        var value = Value(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
        return isNullable ? Gen.OneOf(Gen.Const<object?>(() => null), value) : value;
    }

    private static Gen<object?> Value(Type type)
    {
        if (type == typeof(long)) return GenLong.Select(v => (object?)v);
        if (type == typeof(double)) return Gen.Double[0, 1e6].Select(v => (object?)v);
        if (type == typeof(TimeSpan)) return GenTime.Select(v => (object?)v);
        if (type == typeof(int)) return Gen.Int[0, int.MaxValue].Select(v => (object?)v);
        if (type == typeof(bool)) return Gen.Bool.Select(v => (object?)v);
        if (type == typeof(TimeSpan)) return GenTime.Select(v => (object?)v);
        if (type == typeof(string)) return GenText.Select(v => (object?)v);
        if (type == typeof(ReadOnlyMemory<byte>))
            return Gen.Byte.Array[0, 40].Select(v => (object?)new ReadOnlyMemory<byte>(v));
        if (type.IsEnum) return Gen.OneOf<object?>([.. Enum.GetValues(type).Cast<object?>()]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(type.GetGenericArguments()[0]);
        return Of(type).Select(v => (object?)v);
    }

    private static Gen<object?> List(Type item) => Value(item).Select(value => value!).Array[0, 5].Select(items =>
    {
        if (item == typeof(LogEntry)) items = Contiguous(items);
        var list = Array.CreateInstance(item, items.Length);
        items.CopyTo(list, 0);
        return (object?)list;
    });

    /// <summary>A run of entries is encoded with only its first index, so the entries are contiguous.</summary>
    private static object[] Contiguous(object[] entries)
    {
        const long MaxFirst = long.MaxValue - 5;
        return [.. entries.Cast<LogEntry>().Select((e, i) =>
            e with { Index = new LogIndex(Math.Min(((LogEntry)entries[0]).Index.Value, MaxFirst) + i) })];
    }
}
