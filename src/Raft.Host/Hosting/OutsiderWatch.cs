using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// Watches a node of a shared folder until it belongs to a cluster. One that belongs to none, because all places were taken when it
/// started, waits for nothing else than a place: when a member's process is gone, its own process takes over the member's folder.
/// </summary>
internal sealed class OutsiderWatch(NodeHost node)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _warnings = [];

    /// <summary>Ends when the process has to start anew, as a member.</summary>
    /// <param name="stop">Ends the watch.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task<Ending> RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Interval, stop).ConfigureAwait(false);
            if (node.Data.IsOfMember)
            {
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
                continue;
            }

            if (await BelongsToClusterAsync().ConfigureAwait(false) is not { } belongs) continue;
            if (belongs) Mark();
            else if (FreeMember() is { } member)
                return new Ending($"{node.Self.Id} belongs to no cluster, and nobody is {member}: this process becomes {member}.", []);
        }
    }

    private NodeId? FreeMember()
    {
        try
        {
            return SharedDataFolder.FreeMember(node.Options.DataFolder, WarnOnce);
        }
        catch (StartupException e)
        {
            WarnOnce(e.Message);
            return null;
        }
    }

    /// <returns>Null where the node does not say.</returns>
    private async Task<bool?> BelongsToClusterAsync()
    {
        try
        {
            var (status, down) = await node.Group.GetStatusAsync(Interval).ConfigureAwait(false);
            return status is not null ? true : down is { IsHalted: false } ? false : null;
        }
        catch (NoAnswerException)
        {
            return null;
        }
    }

    private void Mark()
    {
        try
        {
            node.Data.MarkMember();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WarnOnce($"{node.Data.Folder} can't be written: {e.Message}");
        }
    }

    private void WarnOnce(string warning)
    {
        if (_warnings.Count < 64 && _warnings.Add(warning)) ConsoleLogger.Warn(warning);
    }
}
