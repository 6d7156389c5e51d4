using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Raft.Host.Api;
using Raft.Host.Client;

namespace Raft.Host.Watch;

/// <summary>Follows <c>/api/events</c> of one node, and of the next one when that node is gone.</summary>
/// <param name="nodes">The nodes; at least one.</param>
/// <param name="prefix">The path prefix of the API.</param>
internal sealed class WatchStream(IReadOnlyList<Uri> nodes, string prefix = ApiOptions.DefaultPrefix)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The node sends a sample every second. After this much silence it is disconnected or hangs.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Yields the state after every event and every failure, without end.</summary>
    public async IAsyncEnumerable<WatchState> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = WatchState.Empty;
        for (var i = 0; ; i = (i + 1) % nodes.Count)
        {
            var seen = ReadAsync(nodes[i], state with { Source = Name(nodes[i]) }, cancellationToken);
            await foreach (var next in seen.ConfigureAwait(false)) yield return state = next;
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the first complete state that any of the nodes sends.</summary>
    /// <exception cref="CommandFailedException">No node sends one.</exception>
    public async Task<WatchState> FirstAsync(CancellationToken cancellationToken)
    {
        var failures = new List<CommandFailedException>();
        foreach (var node in nodes)
        {
            try
            {
                await foreach (var item in EventsAsync(node, cancellationToken).ConfigureAwait(false))
                    if (item.EventType == "cluster")
                        return (WatchState.Empty with { Source = Name(node) }).After("cluster", item.Data);
            }
            catch (CommandFailedException e)
            {
                failures.Add(e);
            }
        }

        throw failures.Count > 0 ? failures[0] : new CommandFailedException($"{nodes[0]} sent no events. Is it a raft node?");
    }

    /// <summary>Reads events until the node is gone. The last state says why.</summary>
    private async IAsyncEnumerable<WatchState> ReadAsync(
        Uri node, WatchState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = EventsAsync(node, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            string? failure = null;
            try
            {
                if (await events.MoveNextAsync().ConfigureAwait(false))
                    state = state.After(events.Current.EventType, events.Current.Data);
                else failure = $"{Name(node)} closed the event stream; trying the next node";
            }
            catch (CommandFailedException e)
            {
                failure = e.Message;
            }

            yield return failure is null ? state : state with { Trouble = failure };
            if (failure is not null) yield break;
        }
    }

    /// <exception cref="CommandFailedException">The node is unreachable, is not a raft node, or stopped sending.</exception>
    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        Uri node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var api = new NodeApi(node, prefix);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Silence);
        using var answer = await api.OpenAsync("/api/events", cancellationToken).ConfigureAwait(false);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var events = SseParser.Create(stream).EnumerateAsync(silence.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(events, node, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(Silence);
            yield return events.Current;
        }
    }

    private static async Task<bool> MoveAsync(
        IAsyncEnumerator<SseItem<string>> events, Uri node, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"{Name(node)} has sent nothing for {Silence.TotalSeconds} s", ExitCode.NotReachable);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new CommandFailedException($"the connection to {Name(node)} broke", ExitCode.NotReachable);
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{Name(node)} sent an invalid response. Is it a raft node?");
        }
    }

    private static string Name(Uri node) => node.Authority;
}
