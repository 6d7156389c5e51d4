using System.Globalization;
using Raft.Programs.Configuration;

namespace Raft.Host.Telemetry;

/// <summary>
/// The options from OpenTelemetry's variables. The OpenTelemetry library reads them itself and ignores values that it does not
/// understand; here an invalid value prevents the start.
/// </summary>
/// <param name="AreTracesOn">Whether an endpoint for traces is configured.</param>
/// <param name="AreMetricsOn">Whether an endpoint for metrics is configured.</param>
/// <param name="AreLogsOn">Whether an endpoint for logs is configured.</param>
internal sealed record OtlpOptions(bool AreTracesOn, bool AreMetricsOn, bool AreLogsOn)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private static readonly string[] Exporters = ["otlp", "none"];

    private static readonly string[] Samplers =
    [
        "always_on", "always_off", "traceidratio",
        "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio",
    ];

    /// <param name="read">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="BadVariableException">A value is invalid. The message names the variable.</exception>
    public static OtlpOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        OneOf(variables, "OTEL_EXPORTER_OTLP_PROTOCOL", Protocols);
        OneOf(variables, "OTEL_TRACES_SAMPLER", Samplers);
        variables.Parse("OTEL_TRACES_SAMPLER_ARG", ParseRatio);
        var isEverythingOn = variables.Parse(Endpoint, ParseUrl) is not null;
        return new OtlpOptions(
            IsOn(variables, "TRACES", isEverythingOn),
            IsOn(variables, "METRICS", isEverythingOn),
            IsOn(variables, "LOGS", isEverythingOn));
    }

    private static bool IsOn(Variables variables, string signal, bool isEverythingOn)
    {
        OneOf(variables, $"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", Protocols);
        var hasEndpoint = variables.Parse($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", ParseUrl) is not null;
        return OneOf(variables, $"OTEL_{signal}_EXPORTER", Exporters) != "none" && (hasEndpoint || isEverythingOn);
    }

    private static string? OneOf(Variables variables, string variable, string[] allowed) => variables.Parse(variable, text =>
        allowed.Contains(text)
            ? text
            : throw new FormatException($"'{text}' is not supported; it must be one of {string.Join(", ", allowed)}."));

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"'{text}' is not a URL. Use the URL of a collector, such as http://localhost:4317.");

    private static double ParseRatio(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw new FormatException($"'{text}' is not a ratio from 0 to 1.");
}
