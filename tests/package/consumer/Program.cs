using System.Text;
using System.Text.Json;
using Akka.Hosting;
using Raft.Actors.AspNetCore;
using Raft.Actors.Clients;
using Raft.Actors.Hosting;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation;

// A service that has nothing but the packages: one node, with a journal in memory, and the group's API.
var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddRaftGroups();
builder.Services.AddAkka("app", akka => akka.WithRaft<KeyValueStore>("colours", options =>
{
    options.NodeId = "n1";
    options.Members = [$"n1=127.0.0.1:{args[0]}"];
    options.AllowInMemoryJournal = true;
}));
await using var app = builder.Build();
app.MapRaft();
await app.StartAsync();
var store = new KeyValueClient(app.Services.GetRequiredService<IRaftClient>());
await store.PutAsync("sky", Encoding.UTF8.GetBytes("blue"), WriteCondition.Absent);
var sky = await store.GetAsync("sky");
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
var status = await http.GetFromJsonAsync<JsonElement>("/raft/api/status");
var page = await http.GetStringAsync("/raft/");
await app.StopAsync();

var report = new Simulator(new SimulationOptions { Duration = TimeSpan.FromSeconds(5) }).Run(new SeedRange(1, 2));
var leader = page.Contains("<title>Raft.Akka</title>") ? status.GetProperty("leaderId").GetString() : "nobody with a page";
Console.WriteLine(
    $"the sky is {Encoding.UTF8.GetString(sky.Value!.Value.Span)}, {leader} leads, {report.Failures.Count} violations");
