using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft transfer</c>.</summary>
internal static class TransferText
{
    /// <summary>Writes the new leader and its term.</summary>
    public static void Write(TextWriter output, TransferAnswer transfer) => Terminal.WriteLine(
        output, $"{transfer.From} transferred leadership to {transfer.To}, which leads in term "
            + $"{Readable.Number(transfer.Term)}", Tone.Good);
}
