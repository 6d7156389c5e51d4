using Akka.Hosting;
using Raft.Actors.AspNetCore;
using Raft.Actors.Configuration;
using Raft.Actors.Hosting;
using Seats.Domain;
using Seats.Hosting;
using Seats.Http;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var nodes = SeatNode.All(builder.Configuration);
var self = nodes.FirstOrDefault(n => n.Id == builder.Configuration["node"]);
if (self is null && int.TryParse(builder.Configuration["instances"], out var count))
    return await Instances.RunAsync(nodes.Take(count), args);
if (self is null)
{
    var names = string.Join(" or ", nodes.Select(n => n.Id));
    Console.Error.WriteLine($"Say which node this is: --node {names}; or start all: --instances 3.");
    return 2;
}

builder.WebHost.UseUrls(self.Http);
builder.Services.AddAkka("seats", akka => akka
    .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory())
    .AddHocon(SqliteJournal.Open(Path.Combine(builder.Configuration["Data"]!, self.Id)), HoconAddMode.Prepend)
    .WithRaft<SeatPlan>("seats", options =>
    {
        options.NodeId = self.Id;
        options.Members = [.. nodes.Select(n => n.Member)];
    }));
builder.Services.AddRaftGroups();
builder.Services.AddSingleton<SeatsClient>();
builder.Services.AddHealthChecks();
builder.Services.AddOpenApi();
builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.RespectNullableAnnotations = true;
    json.SerializerOptions.RespectRequiredConstructorParameters = true;
});
builder.Services.AddRaftProblemDetails();

var app = builder.Build();
app.UseExceptionHandler();
app.MapOpenApi();
app.MapSeats();
app.MapRaft();
app.MapRaftHealthChecks();
try
{
    await app.RunAsync();
    return 0;
}
catch (RaftConfigurationException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
