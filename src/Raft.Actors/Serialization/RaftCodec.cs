using System.Collections.Frozen;
using Google.Protobuf;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>
/// The wire format of every message and event, and the manifest that identifies it on the wire and in the journal. A manifest is
/// never reused for another type.
/// </summary>
internal static partial class RaftCodec
{
    private static readonly Format[] Formats =
    [
        Format.OfRpc<RequestVote, RequestVoteRpc>("RV", ToProto, RequestVoteRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<VoteGranted, VoteGrantedRpc>("VG", ToProto, VoteGrantedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<VoteDenied, VoteDeniedRpc>("VD", ToProto, VoteDeniedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<RequestPreVote, RequestPreVoteRpc>("PV", ToProto, RequestPreVoteRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<PreVoteGranted, PreVoteGrantedRpc>("PG", ToProto, PreVoteGrantedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<PreVoteDenied, PreVoteDeniedRpc>("PD", ToProto, PreVoteDeniedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<TimeoutNow, TimeoutNowRpc>("TN", ToProto, TimeoutNowRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<RequestReadIndex, RequestReadIndexRpc>("RI", ToProto, RequestReadIndexRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<ReadIndexGranted, ReadIndexGrantedRpc>("RG", ToProto, ReadIndexGrantedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<AppendEntries, AppendEntriesRpc>("AE", ToProto, AppendEntriesRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<AppendAccepted, AppendAcceptedRpc>("AA", ToProto, AppendAcceptedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<AppendRejected, AppendRejectedRpc>("AR", ToProto, AppendRejectedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<AppendOutdated, AppendOutdatedRpc>("AO", ToProto, AppendOutdatedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<InstallSnapshot, InstallSnapshotRpc>("IS", ToProto, InstallSnapshotRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<SnapshotReceived, SnapshotReceivedRpc>("SV", ToProto, SnapshotReceivedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<RpcRefused, RpcRefusedRpc>("RR", ToProto, RpcRefusedRpc.Parser, FromProto, p => p.Rpc),
        Format.OfRpc<JournalForgot, JournalForgotRpc>("JF", ToProto, JournalForgotRpc.Parser, FromProto, p => p.Rpc),
        Format.Of<BootstrapPresence, BootstrapPresenceMessage>("FP", ToProto, BootstrapPresenceMessage.Parser, FromProto),
        Format.Of<ProposeBootstrap, ProposeBootstrapMessage>("FO", ToProto, ProposeBootstrapMessage.Parser, FromProto),
        Format.Of<BootstrapPromise, BootstrapPromiseMessage>("FY", ToProto, BootstrapPromiseMessage.Parser, FromProto),
        Format.Of<BootstrapDropped, BootstrapDroppedMessage>("FN", ToProto, BootstrapDroppedMessage.Parser, FromProto),
        Format.Of<ClusterExists, ClusterExistsMessage>("FE", ToProto, ClusterExistsMessage.Parser, FromProto),
        Format.Of<Propose, ProposeMessage>("CP", ToProto, ProposeMessage.Parser, FromProto),
        Format.Of<ClientQuery, ClientQueryMessage>("CA", ToProto, ClientQueryMessage.Parser, FromProto),
        Format.Of<ClientReplies, ClientRepliesMessage>("CR", ToProto, ClientRepliesMessage.Parser, FromProto),
        Format.Of<FindLeader, FindLeaderMessage>("CF", ToProto, FindLeaderMessage.Parser, FromProto),
        Format.Of<LeaderIs, LeaderIsMessage>("CL", ToProto, LeaderIsMessage.Parser, FromProto),
        Format.Of<TransferLeadership, TransferLeadershipMessage>("LT", ToProto, TransferLeadershipMessage.Parser, FromProto),
        Format.Of<LeadershipTransferred, LeadershipTransferredMessage>(
            "LD", ToProto, LeadershipTransferredMessage.Parser, FromProto),
        Format.Of<TransferRefused, TransferRefusedMessage>("LR", ToProto, TransferRefusedMessage.Parser, FromProto),
        Format.Of<TakeSnapshot, TakeSnapshotMessage>("ST", ToProto, TakeSnapshotMessage.Parser, FromProto),
        Format.Of<SnapshotTaken, SnapshotTakenMessage>("SD", ToProto, SnapshotTakenMessage.Parser, FromProto),
        Format.Of<SnapshotRefused, SnapshotRefusedMessage>("SR", ToProto, SnapshotRefusedMessage.Parser, FromProto),
        Format.Of<GetStatus, GetStatusMessage>("GS", _ => new(), GetStatusMessage.Parser, _ => GetStatus.Instance),
        Format.Of<NodeStatus, NodeStatusMessage>("NS", ToProto, NodeStatusMessage.Parser, FromProto),
        Format.Of<NodeDown, NodeDownMessage>("ND", ToProto, NodeDownMessage.Parser, FromProto),
        Format.Of<MonitoringRequested, MonitoringRequestedMessage>("FW", ToProto, MonitoringRequestedMessage.Parser, FromProto),
        Format.Of<LeaderActivity, LeaderActivityMessage>("FA", ToProto, LeaderActivityMessage.Parser, FromProto),
        Format.Of<GetLog, GetLogMessage>("GL", ToProto, GetLogMessage.Parser, FromProto),
        Format.Of<LogPage, LogPageMessage>("LP", ToProto, LogPageMessage.Parser, FromProto),
        Format.Of<GetActors, GetActorsMessage>("IA", ToProto, GetActorsMessage.Parser, FromProto),
        Format.Of<ActorTree, ActorTreeMessage>("IT", ToProto, ActorTreeMessage.Parser, FromProto),
        Format.Of<GetDiagnostics, GetDiagnosticsMessage>(
            "IG", _ => new(), GetDiagnosticsMessage.Parser, _ => GetDiagnostics.Instance),
        Format.Of<NodeDiagnostics, NodeDiagnosticsMessage>("IE", ToProto, NodeDiagnosticsMessage.Parser, FromProto),
        Format.Of<DiagnosticsPing, DiagnosticsPingMessage>("IP", ToProto, DiagnosticsPingMessage.Parser, FromProto),
        Format.Of<DiagnosticsPong, DiagnosticsPongMessage>("IR", ToProto, DiagnosticsPongMessage.Parser, FromProto),
        Format.Of<LinkProbe, LinkProbeMessage>("IL", ToProto, LinkProbeMessage.Parser, FromProto),
        Format.Of<ClusterFormed, ClusterFormedEvent>("E1", ToProto, ClusterFormedEvent.Parser, FromProto),
        Format.Of<TermStarted, TermStartedEvent>("E2", ToProto, TermStartedEvent.Parser, FromProto),
        Format.Of<EntriesAppended, EntriesAppendedEvent>("E3", ToProto, EntriesAppendedEvent.Parser, FromProto),
        Format.Of<LogTruncated, LogTruncatedEvent>("E4", ToProto, LogTruncatedEvent.Parser, FromProto),
        Format.Of<JournalBegun, JournalBegunEvent>("E5", ToProto, JournalBegunEvent.Parser, FromProto),
        Format.Of<BootstrapPromised, BootstrapPromisedEvent>("E6", ToProto, BootstrapPromisedEvent.Parser, FromProto),
        Format.Of<BootstrapWithdrawn, BootstrapWithdrawnEvent>("E7", ToProto, BootstrapWithdrawnEvent.Parser, FromProto),
        Format.Of<SnapshotPartSaved, SnapshotPartSavedEvent>("E8", ToProto, SnapshotPartSavedEvent.Parser, FromProto),
        Format.Of<SnapshotSaved, SnapshotSavedEvent>("E9", ToProto, SnapshotSavedEvent.Parser, FromProto),
        Format.Of<ReadmissionSought, ReadmissionSoughtEvent>("EA", ToProto, ReadmissionSoughtEvent.Parser, FromProto),
        Format.Of<Readmitted, ReadmittedEvent>("EB", ToProto, ReadmittedEvent.Parser, FromProto),
    ];

    private static readonly FrozenDictionary<Type, Format> ByType = Formats.ToFrozenDictionary(f => f.Type);

    private static readonly FrozenDictionary<string, Format> ByManifest = Formats.ToFrozenDictionary(f => f.Manifest);

    /// <summary>All types that have a format.</summary>
    public static IEnumerable<Type> Types => Formats.Select(f => f.Type);

    /// <exception cref="ArgumentException">The type has no wire format.</exception>
    public static string Manifest(object message) => Find(message).Manifest;

    /// <exception cref="ArgumentException">The type has no wire format.</exception>
    public static IMessage ToProto(object message) => Find(message).Encode(message);

    /// <exception cref="FormatException">The manifest is unknown, or the bytes are not such a message.</exception>
    public static object Decode(ReadOnlySpan<byte> bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out var format))
            throw new FormatException($"'{manifest}' is not a message of Raft.Akka. Does the sender have a newer version?");
        try
        {
            return format.Decode(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException($"The bytes are not a valid {format.Type.Name}: {e.Message}", e);
        }
    }

    private static Format Find(object message) =>
        ByType.TryGetValue(message.GetType(), out var format)
            ? format
            : throw new ArgumentException($"{message.GetType()} has no wire format.", nameof(message));

    private delegate object Decoder(ReadOnlySpan<byte> bytes);

    private sealed record Format(Type Type, string Manifest, Func<object, IMessage> Encode, Decoder Decode)
    {
        public static Format Of<TMessage, TProto>(
            string manifest,
            Func<TMessage, TProto> toProto,
            MessageParser<TProto> parser,
            Func<TProto, TMessage> fromProto)
            where TMessage : class
            where TProto : class, IMessage<TProto> =>
            new(typeof(TMessage), manifest, m => toProto((TMessage)m), bytes => fromProto(parser.ParseFrom(bytes)));

        /// <summary>The format of an RPC, whose header contains the sender's journal.</summary>
        public static Format OfRpc<TMessage, TProto>(
            string manifest,
            Func<TMessage, TProto> toProto,
            MessageParser<TProto> parser,
            Func<TProto, TMessage> fromProto,
            Func<TProto, Rpc?> headerOf)
            where TMessage : RaftRpc
            where TProto : class, IMessage<TProto> =>
            Of(
                manifest,
                toProto,
                parser,
                proto => Journal(headerOf(proto)) is var journal && journal == default
                    ? fromProto(proto)
                    : fromProto(proto) with { Journal = journal });
    }
}
