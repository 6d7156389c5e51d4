using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Raft.Programs.Hosting;
using Raft.Programs.Logging;
using Xunit;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Raft.Programs.Tests.Logging;

/// <summary>Akka's log events in the process's log and in all of its providers.</summary>
public sealed class AkkaLoggerTests : IAsyncLifetime, IDisposable
{
    private readonly RecordedLog _log = new();

    /// <summary>All tests write to the process's log; this text identifies the messages of a test.</summary>
    private readonly string _mark = $"{Guid.NewGuid():N}";

    private readonly ActorSystem _system = ActorSystem.Create(
        "logging",
        ConfigurationFactory.ParseString("akka { actor.provider = local, loglevel = DEBUG }")
            .WithFallback(Hocon.Load("common.conf")));

    public AkkaLoggerTests() => ProgramLog.Factory.AddProvider(_log);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_message_has_its_class_its_template_and_its_values()
    {
        var cause = new InvalidOperationException("why");
        Akka.Event.Logging.GetLogger(_system, this).Error(cause, "{Node} is in term {Term}", _mark, 7);

        var message = Assert.Single(await LoggedAsync());

        Assert.Equal(typeof(AkkaLoggerTests).FullName, message.Category);
        Assert.Equal((LogLevel.Error, $"{_mark} is in term 7"), (message.Level, message.Text));
        Assert.Equal("{Node} is in term {Term}", message.Values["{OriginalFormat}"]);
        Assert.Equal((_mark, 7), (message.Values["Node"], message.Values["Term"]));
        Assert.Same(cause, message.Cause);
    }

    [Fact]
    public async Task Akkas_own_parts_are_logged_from_warnings_on_and_its_transport_from_errors_on()
    {
        LogAll("ours", typeof(AkkaLoggerTests));
        LogAll("akka", typeof(ActorCell));
        LogAll("transport", typeof(RemoteActorRefProvider));
        LogAll("remoting-terminator", typeof(ActorCell));

        var logged = (await LoggedAsync()).Select(m => m.Text.Replace($" {_mark}", "", StringComparison.Ordinal));

        Assert.Equal(
            [
                "ours debug", "ours info", "ours warning", "ours error",
                "akka warning", "akka error", "transport error", "remoting-terminator error",
            ],
            logged);
    }

    [Fact]
    public async Task A_stranger_is_told_of_once_as_a_warning_of_the_program()
    {
        var refused = $"Dropping message for non-local recipient [x] arriving at [akka.tcp://{_mark}@h:1] "
            + "inbound addresses [akka.tcp://b@h:1]";
        for (var i = 0; i < 2; i++) Publish(new Error(null, "EndpointWriter", typeof(RemoteActorRefProvider), refused));

        var message = Assert.Single(await LoggedAsync());

        Assert.Equal(("Raft", LogLevel.Warning), (message.Category, message.Level));
        Assert.StartsWith($"A process addressed this process as akka.tcp://{_mark}@h:1", message.Text, StringComparison.Ordinal);
    }

    private void LogAll(string source, Type type)
    {
        Publish(new Debug(source, type, $"{source} debug {_mark}"));
        Publish(new Info(source, type, $"{source} info {_mark}"));
        Publish(new Warning(source, type, $"{source} warning {_mark}"));
        Publish(new Error(null, source, type, $"{source} error {_mark}"));
    }

    /// <summary>The messages of the test that were logged so far.</summary>
    private async Task<IReadOnlyList<RecordedMessage>> LoggedAsync()
    {
        var end = $"the end of {_mark}";
        Publish(new Warning("end", typeof(AkkaLoggerTests), end));
        return [.. (await _log.UntilAsync(end)).Where(m => m.Text.Contains(_mark, StringComparison.Ordinal))];
    }

    private void Publish(LogEvent log) => _system.EventStream.Publish(log);
}
