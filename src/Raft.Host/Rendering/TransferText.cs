using Raft.Host.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>What <c>raft transfer</c> prints for people.</summary>
internal static class TransferText
{
    /// <summary>Writes who leads now.</summary>
    public static void Write(TextWriter output, TransferAnswer transfer) => Terminal.WriteLine(
        output, $"{transfer.To} takes over from {transfer.From} in term {Readable.Number(transfer.Term)}", Tone.Good);
}
