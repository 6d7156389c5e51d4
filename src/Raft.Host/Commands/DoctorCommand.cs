using System.CommandLine;
using Raft.Host.Answers;
using Raft.Host.Client;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft doctor</c>: diagnoses the cluster and advises what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "doctor",
            "Diagnose the cluster: leader, members, connectivity, disks, configuration, clocks, versions. Prints what is wrong "
            + $"and what to do. Exit codes: 0 if nothing is wrong, {ExitCode.Warnings} for warnings, {ExitCode.Problems} for "
            + "problems.",
            "the response of /api/doctor");
        command.Does(async (call, cancellationToken) =>
        {
            var doctor = await call.ShowAsync<DoctorAnswer>("/api/doctor", DoctorText.Write, cancellationToken)
                .ConfigureAwait(false);
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
