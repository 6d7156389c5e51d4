using Akka.Actor;
using Akka.Event;
using Raft.Programs.Configuration;

namespace Raft.Programs.Logging;

/// <summary>
/// The Akka logger of the programs: one line per event on standard output, in the format that <c>RAFT_LOG_FORMAT</c> selects. It
/// shows events of Raft.Akka from the configured level on, those of Akka's internals from warnings on, and those of Akka.Remote
/// only if they are errors: Akka.Remote warns at every attempt to reach a peer that is down, several times per second. That a
/// peer is down or does not respond is not an error here.
/// </summary>
internal sealed class ConsoleLogger : ReceiveActor
{
    private static readonly bool IsJson = Variables.IsJson(Environment.GetEnvironmentVariable(Variables.LogFormat));

    private readonly Strangers _strangers = new();

    public ConsoleLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(OnEvent);
    }

    /// <summary>Writes a warning outside of an ActorSystem.</summary>
    public static void Warn(string text) => Write(new LogLine(DateTimeOffset.Now, LogLevel.WarningLevel, "", text));

    /// <summary>Formats a line in the format that <c>RAFT_LOG_FORMAT</c> selects.</summary>
    public static string Format(LogLine line) => IsJson ? line.ToJson() : line.ToText();

    private static void Write(LogLine line) => Console.Out.WriteLine(Format(line));

    private void OnEvent(LogEvent log)
    {
        var stranger = _strangers.Describe(log);
        if (stranger is null && IsShown(log)) Write(Line(log));
        if (stranger?.Length > 0) Write(new LogLine(TimeOf(log), LogLevel.WarningLevel, "", stranger));
    }

    private static LogLine Line(LogEvent log) =>
        new(TimeOf(log), log.LogLevel(), log.LogClass.FullName ?? "", log.Message?.ToString() ?? "")
        {
            Template = log.Message is LogMessage ? log.GetTemplate() : null,
            Properties = log.TryGetProperties(out var properties) && properties is not null
                ? properties
                : new Dictionary<string, object>(),
            Cause = log.Cause,
        };

    private static bool IsShown(LogEvent log)
    {
        var isTransport = IsIn("Akka.Remote", log) || log.LogSource.Contains("remoting", StringComparison.OrdinalIgnoreCase);
        var least = IsIn("Raft.", log) ? LogLevel.DebugLevel : isTransport ? LogLevel.ErrorLevel : LogLevel.WarningLevel;
        return log.LogLevel() >= least && !IsPeerGone(log);
    }

    private static DateTimeOffset TimeOf(LogEvent log) => new(DateTime.SpecifyKind(log.Timestamp, DateTimeKind.Utc));

    private static bool IsPeerGone(LogEvent log) =>
        log.Cause?.GetType().FullName == "Akka.Remote.EndpointDisassociatedException"
        || (log.LogClass.Name == "ProtocolStateActor"
            && log.Message?.ToString()?.StartsWith("No response from remote", StringComparison.Ordinal) == true);

    private static bool IsIn(string @namespace, LogEvent log) =>
        log.LogClass.Namespace?.StartsWith(@namespace, StringComparison.Ordinal) == true;
}
