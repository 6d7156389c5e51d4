using System.Text;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Hosting;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation;

// A service that has nothing but the packages: one node, with a journal in memory.
var builder = Host.CreateApplicationBuilder();
builder.Services.AddRaftGroups();
builder.Services.AddAkka("app", akka => akka.WithRaft<KeyValueStore>("colours", options =>
{
    options.NodeId = "n1";
    options.Members = [$"n1=127.0.0.1:{args[0]}"];
    options.AllowInMemoryJournal = true;
}));
using var host = builder.Build();
await host.StartAsync();
var store = new KeyValueClient(host.Services.GetRequiredService<RaftClient>());
await store.PutAsync("sky", Encoding.UTF8.GetBytes("blue"), WriteCondition.Absent);
var sky = await store.GetAsync("sky");
await host.StopAsync();

var report = new Simulator(new SimulationOptions { Duration = TimeSpan.FromSeconds(5) }).Run(new SeedRange(1, 2));
Console.WriteLine($"the sky is {Encoding.UTF8.GetString(sky.Value!.Value.Span)}, {report.Failures.Count} violations");
