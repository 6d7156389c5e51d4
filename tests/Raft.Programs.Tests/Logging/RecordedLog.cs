using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Raft.Programs.Tests.Logging;

/// <summary>A log provider that records the program's log.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly Channel<RecordedMessage> _messages = Channel.CreateUnbounded<RecordedMessage>();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _messages.Writer);

    public void Dispose()
    {
    }

    /// <summary>Returns the messages before the one with this text.</summary>
    public async Task<IReadOnlyList<RecordedMessage>> UntilAsync(string text)
    {
        var before = new List<RecordedMessage>();
        await foreach (var message in _messages.Reader.ReadAllAsync())
        {
            if (message.Text == text) break;
            before.Add(message);
        }

        return before;
    }

    private sealed class Recorder(string category, ChannelWriter<RecordedMessage> messages) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            messages.TryWrite(new(category, logLevel, formatter(state, exception), values.ToDictionary(), exception));
        }
    }
}

/// <summary>A message of the log.</summary>
internal sealed record RecordedMessage(
    string Category, LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values, Exception? Cause);
