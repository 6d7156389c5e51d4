using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The client's session (dissertation §6.3). The client opens one when the first command needs it, and a new one when the group
/// has forgotten it or may do so soon.
/// </summary>
internal sealed partial class RaftClientActor
{
    private ClientSession? _session;
    private ClientRequest? _opening;

    /// <summary>
    /// Log time is not faster than true time, so a session that was used within half of its timeout still exists unless newer
    /// sessions displaced it. The client replaces an older one before a command could find it expired.
    /// </summary>
    private void OpenSessionWhereNeeded()
    {
        if (!_outbox.Exists(request => request.NeedsSession && !request.IsDone)) return;
        if (_session is { IsInUse: false } idle && Now - idle.UsedAt >= 0.5 * _settings.SessionTimeout) _session = null;
        if (_session is not null || _opening is not null) return;
        _opening = new ClientRequest(RequestKind.OpenSession, default) { Deadline = TimeSpan.MaxValue };
        Add(_opening);
    }

    /// <returns>False if the session is not open yet, or has no room for another reply.</returns>
    private bool TryJoinSession(ClientRequest request)
    {
        if (_session is null || _session.IsFull(_settings.MaxSessionReplies)) return false;
        request.Join(_session);
        return true;
    }

    private void OnSessionOpened(ClientRequest request, SessionOpened opened)
    {
        if (request != _opening) return;
        _session = new ClientSession(opened.Session, request.SentAt ?? TimeSpan.Zero);
        SendSoon();
    }

    /// <summary>The group no longer knows whether it applied an earlier attempt of the command.</summary>
    private void OnSessionExpired(ClientRequest request)
    {
        Forget(request.Session);
        request.Fail(new OutcomeUnknownException(
            $"Session {request.Session?.Id} expired before the command was answered; it may or may not have been applied."));
        SendSoon();
    }

    /// <summary>No attempt was accepted: the command uses the next session.</summary>
    private void LeaveSession(ClientRequest request)
    {
        Forget(request.Session);
        request.LeaveSession();
    }

    private void Forget(ClientSession? session)
    {
        if (_session == session) _session = null;
    }

    private void ForgetSessionThatNobodyWaitsFor()
    {
        if (_opening is not { } opening || _pending.Values.Any(request => request.NeedsSession)) return;
        _opening = null;
        _pending.Remove(opening.Id);
        _outbox.Remove(opening);
        _paused.Remove(opening);
    }
}
