namespace Raft.Actors.Storage;

/// <summary>
/// The snapshot that a leader sends to followers. It is written for them from the current state and kept in memory while a
/// follower needs it. Pure.
/// </summary>
internal sealed class OutgoingSnapshot
{
    private bool _isRequested;

    /// <summary>The snapshot; null if none is needed or it is not written yet.</summary>
    public Snapshot? Snapshot { get; set; }

    /// <summary>Requests a snapshot, unless one is already requested.</summary>
    /// <returns>Whether the state machine should write one.</returns>
    public bool TryRequest() => !_isRequested && (_isRequested = true);

    /// <summary>The state machine wrote the snapshot or failed to.</summary>
    public void OnAnswered() => _isRequested = false;
}
