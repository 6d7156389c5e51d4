using System.Runtime.InteropServices;
using Raft.Lighthouse;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Logging;

const int Failed = 1;
const int BadUsage = 2;

MemoryEnd.Watch();
using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    var options = SeedNodeOptions.Read(Environment.GetEnvironmentVariable);
    if (options.Remote.Choice is { } choice) Console.WriteLine(choice);
    await RestartLoop.RunAsync(
        former =>
        {
            var node = SeedNode.Start(options, former);
            Console.WriteLine($"The lighthouse of {options.Cluster} listens on {options.Remote.Advertised}");
            return Task.FromResult<IRunningSystem>(node);
        },
        stop.Token);
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync($"raft-lighthouse: {e.Message}");
    return e is BadVariableException or AddressException ? BadUsage : Failed;
}
finally
{
    ProgramLog.Close();
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
