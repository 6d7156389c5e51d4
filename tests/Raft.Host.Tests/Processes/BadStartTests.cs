using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>
/// A program that can't start gives the reason in one line, changes nothing, and exits with a code that scripts can use.
/// </summary>
[Collection(nameof(ProcessTests))]
public sealed class BadStartTests
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    [Fact]
    public async Task An_unknown_option_ends_with_code_2() =>
        await ExpectAsync(BadUsage, "--fast", ["dev", "--fast"]);

    [Fact]
    public async Task An_unknown_command_ends_with_code_2() =>
        await ExpectAsync(BadUsage, "frobnicate", ["frobnicate"]);

    [Theory]
    [InlineData("--nodes", "0")]
    [InlineData("--nodes", "ten")]
    [InlineData("--port", "70000")]
    public async Task A_number_out_of_bounds_ends_with_code_2(string option, string value) =>
        await ExpectAsync(BadUsage, option, ["dev", option, value]);

    [Fact]
    public async Task A_node_without_members_says_how_to_name_them() =>
        await ExpectAsync(BadUsage, "RAFT_MEMBERS is not set", ["node"]);

    [Theory]
    [InlineData("RAFT_SEED_NODES", "", "RAFT_SEED_NODES is not set")]
    [InlineData("RAFT_SEED_NODES", "lighthouse", "RAFT_SEED_NODES: 'lighthouse' is not an address")]
    [InlineData("RAFT_HTTP", "8080", "RAFT_HTTP: '8080' is not an address")]
    [InlineData("RAFT_REMOTE", "0.0.0.0:4053", "RAFT_REMOTE: '0.0.0.0:4053' is not an address that others can connect to")]
    [InlineData("RAFT_CLUSTER", "a b", "RAFT_CLUSTER is 'a b'")]
    [InlineData("RAFT_LOG_LEVEL", "loud", "RAFT_LOG_LEVEL is 'loud'")]
    public async Task A_gateway_with_a_wrong_variable_says_which_one(string variable, string value, string expected) =>
        await ExpectAsync(
            BadUsage, expected, ["gateway"], new() { ["RAFT_SEED_NODES"] = "127.0.0.1:1", [variable] = value });

    [Theory]
    [InlineData("n1:4053", "is no member")]
    [InlineData("n1=localhost", "is no member")]
    [InlineData("n1=localhost:99999", "is no member")]
    [InlineData("n 1=localhost:4053", "is not a valid node id")]
    [InlineData("n1=localhost:1,n1=localhost:2", "names n1 twice")]
    [InlineData("n2=localhost:4053", "does not name this node")]
    public async Task Members_that_make_no_sense_are_refused(string members, string expected)
    {
        using var data = new TempFolder();
        await ExpectAsync(BadUsage, expected, ["node"], Node(data, ("RAFT_MEMBERS", members)));
        Assert.Empty(Directory.GetFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task An_election_timeout_below_the_heartbeat_is_refused_by_name()
    {
        using var data = new TempFolder();
        await ExpectAsync(
            BadUsage,
            "RAFT_ELECTION_TIMEOUT_MIN",
            ["node"],
            Node(data, ("RAFT_ELECTION_TIMEOUT_MIN", "50ms"), ("RAFT_HEARTBEAT_INTERVAL", "100ms")));
    }

    [Fact]
    public async Task A_duration_that_is_none_is_refused()
    {
        using var data = new TempFolder();
        await ExpectAsync(
            BadUsage, "RAFT_HEARTBEAT_INTERVAL", ["node"], Node(data, ("RAFT_HEARTBEAT_INTERVAL", "soon")));
    }

    [Theory]
    [InlineData("RAFT_ON_LEADER", "/none/on-leader", "RAFT_ON_LEADER: /none/on-leader is not a file")]
    [InlineData("RAFT_HOOK_TIMEOUT", "soon", "RAFT_HOOK_TIMEOUT: 'soon' is not a duration between 0 and one hour")]
    [InlineData("RAFT_API_PREFIX", "api", "RAFT_API_PREFIX: 'api' is not a path")]
    [InlineData("RAFT_MAX_SESSIONS", "many", "raft.max-sessions (RAFT_MAX_SESSIONS) is 'many'; it must be a whole number")]
    [InlineData("RAFT_LEADERSHIP_PREFERENCE", "always", "is 'always'; it must be one of neutral, prefer, avoid")]
    public async Task A_variable_of_a_node_that_makes_no_sense_is_named(string variable, string value, string expected)
    {
        using var data = new TempFolder();
        await ExpectAsync(BadUsage, expected, ["node"], Node(data, (variable, value)));
    }

    [Fact]
    public async Task A_variable_that_means_nothing_is_warned_of_and_nothing_else()
    {
        using var data = new TempFolder();
        await using var node = await RaftProcess.StartAsync("→ leader", ["node"], Node(data, ("RAFT_LEASE_READ", "on")));
        Assert.Contains("Did you mean RAFT_LEASE_READS?", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_made_is_refused()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data.File("file"), "not a folder");
        await ExpectAsync(Failed, "Can't write to the data folder", ["node"], Node(data, ("RAFT_DATA", data.File("file/n1"))));
    }

    [Fact]
    public async Task A_journal_that_is_no_database_is_refused_and_stays_as_it_is()
    {
        using var data = new TempFolder();
        var journal = data.File("journal.db");
        var text = string.Concat(Enumerable.Repeat("This is no database. ", 500));
        await File.WriteAllTextAsync(journal, text);

        await ExpectAsync(Failed, "can't be used as a journal", ["node"], Node(data));

        Assert.Equal(text, await File.ReadAllTextAsync(journal));
    }

    [Fact]
    public async Task A_data_folder_of_another_node_is_refused()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data.File("node-id"), "n7\n");
        await ExpectAsync(Failed, "belongs to node n7", ["node"], Node(data));
    }

    [Fact]
    public async Task A_node_whose_journal_is_gone_starts_on_a_new_one()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data.File("node-id"), "n1\n");
        await using var node = await RaftProcess.StartAsync("listens on", ["node"], Node(data));
        Assert.True(File.Exists(data.File("journal.db")));
    }

    [Fact]
    public async Task Two_processes_can_not_run_on_one_data_folder()
    {
        using var data = new TempFolder();
        await using var first = await RaftProcess.StartAsync("listens on", ["node"], Node(data));
        await ExpectAsync(Failed, "Another node is probably running on it.", ["node"], Node(data));
    }

    [Fact]
    public async Task A_journal_of_another_cluster_is_refused()
    {
        using var data = new TempFolder();
        await using (var first = await RaftProcess.StartAsync("→ leader", ["node"], Node(data)))
        {
            Assert.Equal(0, await first.SignalAsync("TERM"));
        }

        await ExpectAsync(
            Failed,
            "the journal belongs to a cluster of n1",
            ["node"],
            Node(data, ("RAFT_MEMBERS", $"n1=127.0.0.1:{RaftProcess.FreePorts(1)},n9=127.0.0.1:1")));
    }

    private static Dictionary<string, string> Node(TempFolder data, params (string Name, string Value)[] overrides)
    {
        var port = RaftProcess.FreePorts(2);
        var environment = new Dictionary<string, string>
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.Path,
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{port}",
            ["RAFT_HTTP"] = $"127.0.0.1:{port + 1}",
        };
        foreach (var (name, value) in overrides) environment[name] = value;
        return environment;
    }

    private static async Task ExpectAsync(
        int exitCode, string expected, string[] args, Dictionary<string, string>? environment = null)
    {
        var (code, output) = await RaftProcess.RunAsync(args, environment);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.True(code == exitCode, $"exit code {code}:\n{output}");
    }
}
