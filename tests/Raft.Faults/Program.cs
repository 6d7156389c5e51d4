using System.CommandLine;
using Raft.Faults.Faults;
using Raft.Faults.Network;
using Raft.Faults.Report;
using Raft.Faults.Rounds;
using Raft.Host.Commands;

var rounds = NumberOption.Create("--rounds", "How often each fault strikes.", 20, 1, 1000);
var only = new Option<string?>("--only") { Description = "Faults to try, separated by commas. Without it: all." };
var json = new Option<string?>("--json") { Description = "A file for the figures, as JSON." };
var longer = new Option<bool>("--long") { Description = "Also a partition of a minute." };
var seed = NumberOption.Create("--seed", "What the choices are made from.", Random.Shared.Next(1_000_000), 0, 1_000_000);
var network = new Option<string>("--network") { Description = "What the names of the namespaces begin with.", Required = true };
var data = new Option<string>("--data") { Description = "Folder for journals and logs.", Required = true };
only.Validators.Add(result =>
{
    try
    {
        FaultList.Choose(result.GetValue(only), withLong: true);
    }
    catch (ArgumentException e)
    {
        result.AddError(e.Message);
    }
});

var command = new RootCommand("Strikes a cluster of real processes with faults, and checks what its clients saw.")
{
    rounds, only, json, longer, seed, network, data,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };
    await Console.Error.WriteLineAsync($"seed {parsed.GetValue(seed)}, data in {parsed.GetValue(data)}");
    var run = new RowRun(
        new FaultNetwork(parsed.GetValue(network)!), http, parsed.GetValue(data)!, parsed.GetValue(seed));
    var rows = new List<Row>();
    foreach (var fault in FaultList.Choose(parsed.GetValue(only), parsed.GetValue(longer)))
    {
        if (cancellationToken.IsCancellationRequested) break;
        rows.Add(await run.RunAsync(fault, parsed.GetValue(rounds), cancellationToken));
    }

    var report = new FaultReport(rows);
    report.WriteText(Console.Out);
    if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file, report.ToJson(), CancellationToken.None);
    return rows.All(row => row.IsSound) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration
{
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
});
