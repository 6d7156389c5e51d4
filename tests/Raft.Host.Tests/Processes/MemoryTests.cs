using System.Net;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>A process without memory exits instead of continuing with half of its functions.</summary>
[Collection(nameof(ProcessTests))]
public sealed class MemoryTests
{
    private const int Value = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_node_whose_state_does_not_fit_into_its_memory_ends_and_its_writes_are_there_with_more()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(2);
        var url = $"http://127.0.0.1:{port}";
        using var http = new HttpClient { Timeout = Patience };
        var acknowledged = 0;
        await using (var node = await StartAsync(data, port, heapLimit: 80))
        {
            var ended = node.WaitForExitAsync();
            while (!ended.IsCompleted)
            {
                try
                {
                    using var put = await http.PutAsync($"{url}/api/kv/{acknowledged}", new ByteArrayContent(new byte[Value]))
                        .WaitAsync(Patience);
                    if (put.StatusCode == HttpStatusCode.OK) acknowledged++;
                }
                catch (HttpRequestException)
                {
                    await ended.WaitAsync(Patience);
                }
            }

            Assert.Contains("Out of memory", node.Output, StringComparison.Ordinal);
        }

        Assert.True(acknowledged > 0);
        await using var again = await StartAsync(data, port, heapLimit: 2000);
        using var last = await http.GetAsync($"{url}/api/kv/{acknowledged - 1}");
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
    }

    /// <param name="data">The folder of the journal.</param>
    /// <param name="port">The port of HTTP; the next one is that of Akka.Remote.</param>
    /// <param name="heapLimit">The limit of the heap in MiB.</param>
    private static Task<RaftProcess> StartAsync(TempFolder data, int port, int heapLimit) =>
        RaftProcess.StartAsync("listens on", ["node"], new()
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.File("n1"),
            ["RAFT_HTTP"] = $"127.0.0.1:{port}",
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{port + 1}",
            ["DOTNET_GCHeapHardLimit"] = $"0x{heapLimit * 1024 * 1024:x}",
            ["DOTNET_DbgEnableMiniDump"] = "0",
        });
}
