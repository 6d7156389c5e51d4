namespace Raft.Actors.Storage;

/// <summary>
/// The snapshot that a leader sends to followers: the state of the moment, written for them, and kept in memory as long as one of
/// them needs it. Pure.
/// </summary>
internal sealed class OutgoingSnapshot
{
    private bool _isRequested;

    /// <summary>The snapshot; null while none is needed, or not yet written.</summary>
    public Snapshot? Snapshot { get; set; }

    /// <summary>Asks for a snapshot, where it is not asked for already.</summary>
    /// <returns>Whether the state machine is to write one.</returns>
    public bool TryRequest() => !_isRequested && (_isRequested = true);

    /// <summary>The state machine wrote one, or failed to.</summary>
    public void OnAnswered() => _isRequested = false;
}
