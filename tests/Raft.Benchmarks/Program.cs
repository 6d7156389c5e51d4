using System.CommandLine;
using Raft.Benchmarks;
using Raft.Benchmarks.DotNext;
using Raft.Benchmarks.Failover;

var clients = new Option<string>("--clients")
{
    Description = "Numbers of clients, separated by commas.",
    DefaultValueFactory = _ => "1,16,128,512",
};
var rounds = new Option<int>("--rounds")
{
    Description = "How often both are measured, in turn; the table shows medians.",
    DefaultValueFactory = _ => 3,
};
var data = new Option<string>("--data")
{
    Description = "Folder for the journals; it must be on a disk. It is deleted afterwards.",
    DefaultValueFactory = _ => $"raft-benchmarks-{Guid.NewGuid():N}",
};
var command = new RootCommand(
    "Writes of 256 bytes to three nodes in one process, on Raft.Akka and on DotNext.Net.Cluster, in turn.")
{
    clients,
    rounds,
    data,
    FailoverCommand.Create(),
};
command.SetAction((parsed, cancellationToken) => new Comparison(
        [.. parsed.GetValue(clients)!.Split(',').Select(int.Parse)],
        parsed.GetValue(rounds),
        parsed.GetValue(data)!)
    .RunAsync(
        [
            DotNextCluster.StartAsync,
            RaftAkkaCluster.StartAsync,
        ],
        cancellationToken));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration
{
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
});
