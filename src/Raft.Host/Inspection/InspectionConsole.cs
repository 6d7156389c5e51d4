using System.Text;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Doctor;
using Raft.Host.Http;
using Raft.Host.Rendering;

namespace Raft.Host.Inspection;

/// <summary>
/// The inspection commands of <c>raft</c> inside the process of a node or a gateway, with the same data, rules and texts, but
/// without HTTP. Petabridge.Cmd (<c>pbm</c>) calls it. Invalid input is reported in the text, not thrown.
/// </summary>
/// <param name="group">The group.</param>
/// <param name="client">The client that reads keys.</param>
internal sealed class InspectionConsole(IRaftGroup group, IRaftClient client)
{
    private const int LogEntries = 20;

    private readonly KeyValueClient _store = new(client);

    /// <summary>Like <c>raft status</c>.</summary>
    /// <param name="node">The node to query; empty for the node of this process, or for the leader at a gateway.</param>
    public Task<string> StatusAsync(string node) => ShowAsync(async output =>
    {
        var status = await group.GetStatusAsync(ApiLimits.NodeTimeout, NodeOf(node)).ConfigureAwait(false);
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        StatusText.Write(
            output, StatusAnswer.Of(status), new ClusterAnswer(group.Self?.Value, [.. seen.Select(ClusterNodeAnswer.Of)]));
    });

    /// <summary>Like <c>raft members</c>.</summary>
    public Task<string> MembersAsync() => ShowAsync(async output =>
    {
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        MembersText.Write(output, MembersView.Of(group.Self, seen, AkkaView.Of(group.Inspection.System)));
    });

    /// <summary>Like <c>raft log</c>.</summary>
    /// <param name="node">As for <see cref="StatusAsync"/>.</param>
    /// <param name="from">The first index to show; null for the end of the log.</param>
    public Task<string> LogAsync(string node, long? from) => ShowAsync(async output =>
    {
        var page = await PageAsync(NodeOf(node), from ?? 1, from is null ? 1 : LogEntries).ConfigureAwait(false);
        if (from is null)
            page = await PageAsync(NodeOf(node), Math.Max(1, page.LastIndex.Value - LogEntries + 1), LogEntries)
                .ConfigureAwait(false);
        LogText.Write(output, LogAnswer.Of(page, KeyValueDescription.Of));
    });

    /// <summary>Like <c>raft kv get</c>, with the value as text.</summary>
    public Task<string> GetAsync(string key) => ShowAsync(async output =>
    {
        var read = await _store.GetAsync(key).ConfigureAwait(false);
        output.WriteLine(read.Value is { } value
            ? $"{Terminal.Printable(Encoding.UTF8.GetString(value.Span))}    (revision {read.Revision})"
            : $"The key '{Terminal.Printable(key)}' does not exist.");
    });

    /// <summary>Like <c>raft transfer</c>.</summary>
    /// <param name="target">The new leader; empty to let the leader choose it.</param>
    public Task<string> TransferAsync(string target) => ShowAsync(async output =>
    {
        var done = await group.TransferLeadershipAsync(NodeOf(target), ApiLimits.TransferTimeout).ConfigureAwait(false);
        TransferText.Write(output, TransferAnswer.Of(done));
    });

    /// <summary>Like <c>raft snapshot</c>.</summary>
    /// <param name="node">As for <see cref="StatusAsync"/>.</param>
    public Task<string> SnapshotAsync(string node) => ShowAsync(async output =>
    {
        var taken = await group.TakeSnapshotAsync(ApiLimits.SnapshotTimeout, NodeOf(node)).ConfigureAwait(false);
        SnapshotText.Write(output, SnapshotAnswer.Of(taken));
    });

    /// <summary>Like <c>raft actors</c>.</summary>
    /// <param name="node">The node whose process to inspect; empty for this process.</param>
    /// <param name="path">The path of the actor at the root of the tree; empty for all actors of the application.</param>
    public Task<string> ActorsAsync(string node, string path) => ShowAsync(async output =>
    {
        var under = path.Length == 0 ? "/user" : path;
        var query = new GetActors(under, ActorTreeReader.MaxDepth, ServerLimits.DefaultActors);
        var tree = await group.Inspection.GetActorsAsync(query, ApiLimits.NodeTimeout, NodeOf(node) ?? group.Self)
            .ConfigureAwait(false);
        ActorsText.Write(output, ActorsAnswer.Of(OperatorRoutes.Found(tree, under)));
    });

    /// <summary>Like <c>raft doctor</c>.</summary>
    public Task<string> DoctorAsync() => ShowAsync(async output =>
    {
        var facts = await Diagnosis.GatherAsync(group, CancellationToken.None).ConfigureAwait(false);
        DoctorText.Write(output, DoctorAnswer.Of(facts, Diagnosis.Of(facts)));
    });

    private Task<LogPage> PageAsync(NodeId? node, long from, int limit) =>
        group.GetLogAsync(new LogIndex(from), limit, ApiLimits.NodeTimeout, node);

    private static NodeId? NodeOf(string node) => node.Length == 0 ? null : NodeId.Parse(node);

    private static async Task<string> ShowAsync(Func<TextWriter, Task> write)
    {
        using var output = new StringWriter();
        try
        {
            await write(output).ConfigureAwait(false);
            return output.ToString();
        }
        catch (Exception e) when (
            e is RequestProblemException or RaftGroupException or RaftClientException or FormatException or ArgumentException)
        {
            return $"raft: {Terminal.Printable(e.Message)}{output.NewLine}";
        }
    }
}
