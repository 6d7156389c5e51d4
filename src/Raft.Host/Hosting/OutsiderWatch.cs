using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// Watches a node with a shared data folder until it belongs to a cluster. A node that found all places taken when it started
/// waits for one: when the process of a member is gone, its own process takes over the folder of that member.
/// </summary>
internal sealed class OutsiderWatch(NodeHost node)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _warnings = [];

    /// <summary>Completes when the process must restart as a member.</summary>
    /// <param name="cancellationToken">Cancels the watch.</param>
    /// <exception cref="OperationCanceledException">The watch was cancelled.</exception>
    public async Task<Ending> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
            if (node.Data.IsOfMember)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await BelongsToClusterAsync(cancellationToken).ConfigureAwait(false) is not { } belongs) continue;
            if (belongs) Mark();
            else if (FreeMember() is { } member)
                return new Ending(
                    $"{node.Self.Id} belongs to no cluster, and no process runs {member}. This process becomes {member}.", []);
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

    /// <returns>Null if the node does not report it.</returns>
    private async Task<bool?> BelongsToClusterAsync(CancellationToken cancellationToken)
    {
        try
        {
            await node.Group.GetStatusAsync(Interval, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NodeDownException e)
        {
            return e.Down.IsHalted ? null : false;
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
            WarnOnce($"Can't write to {node.Data.Folder}: {e.Message}");
        }
    }

    private void WarnOnce(string warning)
    {
        if (_warnings.Count < 64 && _warnings.Add(warning)) ProgramLog.Warn(warning);
    }
}
