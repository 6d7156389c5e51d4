using System.Text;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Doctor;
using Raft.Host.Http;
using Raft.Host.Rendering;

namespace Raft.Host.Inspection;

/// <summary>
/// The inspections of <c>raft</c> inside a process that has a node, or is a gateway: the same data, the same rules and the same
/// texts, without HTTP between. <c>pbm</c> shows them. What a person can get wrong is told in the text, never thrown.
/// </summary>
/// <param name="group">The group.</param>
/// <param name="client">For reading a key.</param>
internal sealed class InspectionConsole(IRaftGroup group, RaftClient client)
{
    private const int LogEntries = 20;

    private readonly KeyValueClient _store = new(client);

    /// <summary><c>raft status</c>.</summary>
    /// <param name="node">The node to ask; empty for this process's, or, at a gateway, the leader.</param>
    public Task<string> StatusAsync(string node) => ShowAsync(async output =>
    {
        var (status, down) = await group.GetStatusAsync(ApiLimits.NodeTimeout, NodeOf(node)).ConfigureAwait(false);
        if (status is null) throw RequestProblemException.NodeIsDown(down);
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        StatusText.Write(
            output, StatusAnswer.Of(status), new ClusterAnswer(group.Self?.Value, [.. seen.Select(ClusterNodeAnswer.Of)]));
    });

    /// <summary><c>raft members</c>.</summary>
    public Task<string> MembersAsync() => ShowAsync(async output =>
    {
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        MembersText.Write(output, MembersView.Of(group.Self, seen, AkkaView.Of(group.Inspection.System)));
    });

    /// <summary><c>raft log</c>.</summary>
    /// <param name="node">As with <see cref="StatusAsync"/>.</param>
    /// <param name="from">First index to show; null for the last entries.</param>
    public Task<string> LogAsync(string node, long? from) => ShowAsync(async output =>
    {
        var page = await PageAsync(NodeOf(node), from ?? 1, from is null ? 1 : LogEntries).ConfigureAwait(false);
        if (from is null)
            page = await PageAsync(NodeOf(node), Math.Max(1, page.LastIndex.Value - LogEntries + 1), LogEntries).ConfigureAwait(false);
        LogText.Write(output, LogAnswer.Of(page));
    });

    /// <summary><c>raft kv get</c>, as text.</summary>
    public Task<string> GetAsync(string key) => ShowAsync(async output =>
    {
        var read = await _store.GetAsync(key).ConfigureAwait(false);
        output.WriteLine(read.Value is { } value
            ? $"{Terminal.Printable(Encoding.UTF8.GetString(value.Span))}    (revision {read.Revision})"
            : $"There is no key '{Terminal.Printable(key)}'.");
    });

    /// <summary><c>raft transfer</c>.</summary>
    /// <param name="target">The node that is to lead; empty for the one that is best placed.</param>
    public Task<string> TransferAsync(string target) => ShowAsync(async output =>
    {
        var (done, refused) = await group.TransferLeadershipAsync(NodeOf(target), ApiLimits.TransferTimeout).ConfigureAwait(false);
        TransferText.Write(output, LeadershipRoutes.Answer(done, refused));
    });

    /// <summary><c>raft snapshot</c>.</summary>
    /// <param name="node">As with <see cref="StatusAsync"/>.</param>
    public Task<string> SnapshotAsync(string node) => ShowAsync(async output =>
    {
        var (taken, refused) = await group.TakeSnapshotAsync(ApiLimits.SnapshotTimeout, NodeOf(node)).ConfigureAwait(false);
        SnapshotText.Write(output, SnapshotRoutes.Answer(taken, refused));
    });

    /// <summary><c>raft actors</c>.</summary>
    /// <param name="node">The node whose process is asked; empty for this one.</param>
    /// <param name="path">Path of the actor to begin at; empty for all actors of the application.</param>
    public Task<string> ActorsAsync(string node, string path) => ShowAsync(async output =>
    {
        var under = path.Length == 0 ? "/user" : path;
        var query = new GetActors(under, ActorTreeReader.MaxDepth, ApiLimits.DefaultActors);
        var tree = await group.Inspection.GetActorsAsync(query, ApiLimits.NodeTimeout, NodeOf(node) ?? group.Self).ConfigureAwait(false);
        ActorsText.Write(output, ActorsAnswer.Of(OperatorRoutes.Found(tree, under)));
    });

    /// <summary><c>raft doctor</c>.</summary>
    public Task<string> DoctorAsync() => ShowAsync(async output =>
    {
        var facts = await Diagnosis.GatherAsync(group).ConfigureAwait(false);
        DoctorText.Write(output, DoctorAnswer.Of(facts, Diagnosis.Of(facts)));
    });

    private async Task<LogPage> PageAsync(NodeId? node, long from, int limit)
    {
        var (page, down) = await group.GetLogAsync(new LogIndex(from), limit, ApiLimits.NodeTimeout, node).ConfigureAwait(false);
        return page ?? throw RequestProblemException.NodeIsDown(down);
    }

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
            e is RequestProblemException or NoSuchNodeException or NoAnswerException or RaftClientException or FormatException
                or ArgumentException)
        {
            return $"raft: {Terminal.Printable(e.Message)}{output.NewLine}";
        }
    }
}
