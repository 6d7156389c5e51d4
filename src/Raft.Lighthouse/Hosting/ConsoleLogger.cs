using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace Raft.Lighthouse.Hosting;

/// <summary>
/// Akka's logger of the program: one line an event on standard output. Raft's own events are shown from the configured
/// level on; those of Akka's inner parts only from warnings on, and those of Akka.Remote only where they are errors: it warns
/// at every attempt to reach a peer that is down, several times a second. That a peer ended or does not answer is no error here.
/// </summary>
internal sealed class ConsoleLogger : ReceiveActor
{
    private readonly Strangers _strangers = new();

    public ConsoleLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(OnEvent);
    }

    /// <summary>Writes a warning while there is no ActorSystem.</summary>
    public static void Warn(string text) => Write(DateTime.Now, LogLevel.WarningLevel, text);

    private void OnEvent(LogEvent log)
    {
        var stranger = _strangers.Describe(log);
        if (stranger is null) Write(log);
        if (stranger?.Length > 0) Write(log.Timestamp.ToLocalTime(), LogLevel.WarningLevel, stranger);
    }

    private static void Write(DateTime time, LogLevel level, string text) => Console.Out.WriteLine(
        $"{time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {Name(level)} {text}");

    private static void Write(LogEvent log)
    {
        var isOurs = IsIn("Raft.", log);
        var isTransport = IsIn("Akka.Remote", log) || log.LogSource.Contains("remoting", StringComparison.OrdinalIgnoreCase);
        var least = isOurs ? LogLevel.DebugLevel : isTransport ? LogLevel.ErrorLevel : LogLevel.WarningLevel;
        if (log.LogLevel() < least || IsPeerGone(log)) return;

        var cause = log.Cause is null ? "" : $" [{log.Cause.GetType().Name}: {FirstLine(log.Cause.Message)}]";
        var source = isOurs ? "" : $"{log.LogClass.Name}: ";
        Write(log.Timestamp.ToLocalTime(), log.LogLevel(), $"{source}{FirstLine(log.Message?.ToString())}{cause}");
    }

    private static bool IsPeerGone(LogEvent log) =>
        log.Cause?.GetType().FullName == "Akka.Remote.EndpointDisassociatedException"
        || (log.LogClass.Name == "ProtocolStateActor"
            && log.Message?.ToString()?.StartsWith("No response from remote", StringComparison.Ordinal) == true);

    private static bool IsIn(string @namespace, LogEvent log) =>
        log.LogClass.Namespace?.StartsWith(@namespace, StringComparison.Ordinal) == true;

    private static string FirstLine(string? text) => text?.ReplaceLineEndings(" ") ?? "";

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.DebugLevel => "dbg",
        LogLevel.InfoLevel => "inf",
        LogLevel.WarningLevel => "wrn",
        _ => "err",
    };
}
