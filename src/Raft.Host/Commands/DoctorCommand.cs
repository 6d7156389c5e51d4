using System.CommandLine;
using Raft.Host.Answers;
using Raft.Host.Client;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft doctor</c>: what is wrong, and what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "doctor",
            "Examine the cluster: leader, members, connectivity, disks, configuration, clocks, versions. Says what is wrong and what to "
            + $"do. Exit code 0: nothing is wrong; {ExitCode.Warnings}: warnings; {ExitCode.Problems}: problems.",
            "the JSON of /api/doctor");
        command.Does(async (call, cancellationToken) =>
        {
            var doctor = await call.ShowAsync<DoctorAnswer>("/api/doctor", DoctorText.Write, cancellationToken).ConfigureAwait(false);
            return doctor.Severity switch
            {
                "problem" => ExitCode.Problems,
                "warning" => ExitCode.Warnings,
                _ => ExitCode.Done,
            };
        });
        return command;
    }
}
