using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>
/// A lost or changed event in the journal stops the node, which reports the event and leaves the file unchanged.
/// </summary>
[Collection(nameof(ProcessTests))]
public sealed class DamagedJournalTests
{
    private const int Failed = 1;
    private const long DamagedEvent = 3;

    [Theory]
    [InlineData("UPDATE journal SET message = zeroblob(length(message)) WHERE sequence_number = 3")]
    [InlineData("UPDATE journal SET message = substr(message, 1, length(message) - 1) WHERE sequence_number = 3")]
    [InlineData("UPDATE journal SET message = (SELECT message FROM journal WHERE sequence_number = 2) WHERE sequence_number = 3")]
    [InlineData("UPDATE journal SET manifest = 'E9' WHERE sequence_number = 3")]
    [InlineData("UPDATE journal SET identifier = 4711 WHERE sequence_number = 3")]
    [InlineData("DELETE FROM journal WHERE sequence_number = 3")]
    public async Task Damage_stops_the_node_and_is_named_by_its_sequence_number(string damage)
    {
        using var data = new TempFolder();
        var environment = Environment(data);
        await using (var raft = await RaftProcess.StartAsync("→ leader", ["node"], environment))
        {
            foreach (var key in new[] { "a", "b", "c" })
            {
                var put = await RaftProcess.RunAsync(["kv", "put", key, "1", "--node", $"http://{environment["RAFT_HTTP"]}"]);
                Assert.True(put.ExitCode == 0, put.Output);
            }

            Assert.Equal(0, await raft.SignalAsync("TERM"));
        }

        Execute(data, damage);
        var before = Rows(data);
        var (exitCode, output) = await RaftProcess.RunAsync(["node"], environment);

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"damaged at sequence number {DamagedEvent}"),
            output,
            StringComparison.Ordinal);
        Assert.Equal(Failed, exitCode);
        Assert.Equal(before, Rows(data));
    }

    private static Dictionary<string, string> Environment(TempFolder data)
    {
        var port = RaftProcess.FreePorts(2);
        return new()
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.Path,
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{port}",
            ["RAFT_HTTP"] = $"127.0.0.1:{port + 1}",
        };
    }

    private static void Execute(TempFolder data, string sql)
    {
        using var connection = Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static List<string> Rows(TempFolder data) =>
        Query(data, "SELECT sequence_number || ' ' || manifest || ' ' || hex(message) FROM journal ORDER BY ordering");

    private static List<string> Query(TempFolder data, string sql)
    {
        using var connection = Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    private static SqliteConnection Open(TempFolder data)
    {
        var connection = new SqliteConnection($"Data Source={data.File("journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
