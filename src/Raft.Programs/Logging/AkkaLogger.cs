using Akka.Actor;
using Akka.Event;
using AkkaLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Raft.Programs.Logging;

/// <summary>
/// Akka's logger of the programs: hands each event to the <see cref="ProgramLog"/>, under the class that logged it and with the
/// values of its template. Akka.Hosting's logger has one category for all, by which Raft can't be told from Akka's inner parts.
/// </summary>
internal sealed class AkkaLogger : ReceiveActor
{
    private readonly Strangers _strangers = new();

    public AkkaLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(OnEvent);
    }

    private void OnEvent(LogEvent log)
    {
        if (_strangers.Describe(log) is { } stranger)
        {
            if (stranger.Length > 0) ProgramLog.Warn(stranger);
        }
        else if (!IsPeerGone(log))
        {
            Pass(log);
        }
    }

    private static void Pass(LogEvent log)
    {
        var logger = ProgramLog.Factory.CreateLogger(CategoryOf(log));
        var level = LevelOf(log);
        if (logger.IsEnabled(level))
            logger.Log(level, default, AkkaLogState.Of(log), log.Cause, static (state, _) => state.ToString());
    }

    /// <summary>The class, but for what the transport says under the name of another class of Akka.</summary>
    private static string CategoryOf(LogEvent log)
    {
        var name = log.LogClass.FullName ?? "";
        return name.StartsWith("Akka.", StringComparison.Ordinal)
            && log.LogSource.Contains("remoting", StringComparison.OrdinalIgnoreCase) ? ProgramLog.Transport : name;
    }

    /// <summary>That a peer ended or does not answer is no error here.</summary>
    private static bool IsPeerGone(LogEvent log) =>
        log.Cause?.GetType().FullName == "Akka.Remote.EndpointDisassociatedException"
        || (log.LogClass.Name == "ProtocolStateActor"
            && log.Message?.ToString()?.StartsWith("No response from remote", StringComparison.Ordinal) == true);

    private static LogLevel LevelOf(LogEvent log) => log.LogLevel() switch
    {
        AkkaLevel.DebugLevel => LogLevel.Debug,
        AkkaLevel.InfoLevel => LogLevel.Information,
        AkkaLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
