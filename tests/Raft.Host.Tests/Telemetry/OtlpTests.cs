using Raft.Host.Telemetry;
using Raft.Host.Tests.Processes;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Telemetry;

/// <summary>OpenTelemetry's variables: the collector receives each signal, and a wrong value is rejected.</summary>
[Collection(nameof(ProcessTests))]
public sealed class OtlpTests
{
    private const string All = "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317";

    [Fact]
    public async Task A_collector_gets_the_spans_of_a_write_and_the_nodes_metrics_and_log()
    {
        using var data = new TempFolder();
        var ports = RaftProcess.FreePorts(2);
        using var collector = new Collector(ports + 1);
        await using var raft = await RaftProcess.StartAsync(
            "Press Ctrl-C",
            ["dev", "--nodes", "1", "--data", data.Path, "--port", $"{ports}"],
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "raft-under-test",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var put = new HttpRequestMessage(HttpMethod.Put, $"http://127.0.0.1:{ports}/api/kv/a");
        put.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        put.Content = new StringContent("x");
        using (var answer = await http.SendAsync(put)) answer.EnsureSuccessStatusCode();

        var callersTrace = string.Concat(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c").Select(b => (char)b));
        string[] spans = ["PUT /api/kv/{**key}", "raft.propose", "raft.commit", "raft.journal.write", "raft.apply"];
        foreach (var span in spans)
            Assert.Equal(
                "application/x-protobuf", await collector.WaitForAsync("/v1/traces", "raft-under-test", span, callersTrace));
        var metrics = await collector.WaitForAsync("/v1/metrics", "raft-under-test", "raft.commit.duration", "raft.node");
        var log = await collector.WaitForAsync("/v1/logs", "raft-under-test", "Raft.Actors.Nodes.RaftNode", "FromRole", "leader");

        Assert.Equal("application/x-protobuf", metrics);
        Assert.Equal("application/x-protobuf", log);
    }

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_SERVICE_NAME=x OTEL_TRACES_SAMPLER=always_on", false, false, false)]
    [InlineData(All, true, true, true)]
    [InlineData(All + " OTEL_TRACES_EXPORTER=none", false, true, true)]
    [InlineData(All + " OTEL_METRICS_EXPORTER=none", true, false, true)]
    [InlineData(All + " OTEL_LOGS_EXPORTER=none", true, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://c/v1/metrics", false, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=https://c/v1/logs", false, false, true)]
    public void A_signal_is_sent_where_an_endpoint_is_named(string variables, bool traces, bool metrics, bool logs) =>
        Assert.Equal(new OtlpOptions(traces, metrics, logs), Read(variables));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317' is not a URL")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=/v1/traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '/v1/traces' is not a URL")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "one of grpc, http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=x", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL")]
    [InlineData("OTEL_TRACES_SAMPLER=sometimes", "OTEL_TRACES_SAMPLER: 'sometimes'")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=2", "OTEL_TRACES_SAMPLER_ARG: '2' is not a ratio from 0 to 1")]
    [InlineData("OTEL_METRICS_EXPORTER=prometheus", "OTEL_METRICS_EXPORTER: 'prometheus'")]
    [InlineData("OTEL_LOGS_EXPORTER=console", "OTEL_LOGS_EXPORTER: 'console'")]
    public void A_wrong_value_is_refused_by_name(string variables, string message) =>
        Assert.Contains(message, Assert.Throws<BadVariableException>(() => Read(variables)).Message, StringComparison.Ordinal);

    private static OtlpOptions Read(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return OtlpOptions.Read(values.GetValueOrDefault);
    }
}
