using System.Globalization;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Host.Api;
using Raft.Host.Hooks;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>Reads the <c>RAFT_*</c> variables of <c>raft node</c>.</summary>
internal static class NodeEnvironment
{
    private const int MaxMembers = 9;

    /// <param name="read">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="BadVariableException">A value is missing or invalid. The message names the variable.</exception>
    public static NodeOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        var members = variables.Parse("RAFT_MEMBERS", RaftMember.ParseList);
        var expect = variables.Parse("RAFT_BOOTSTRAP_EXPECT", ParseExpect);
        return (members, expect) switch
        {
            (not null, null) => WithMembers(variables, members),
            (null, { } count) => WithBootstrap(variables, count),
            (not null, not null) => throw new BadVariableException(
                "RAFT_MEMBERS and RAFT_BOOTSTRAP_EXPECT are both set. Set only one of them."),
            _ => throw new BadVariableException(
                "RAFT_MEMBERS is not set. Name every member, such as n1=10.0.0.1:4053,n2=10.0.0.2:4053,n3=10.0.0.3:4053, or "
                + "set RAFT_BOOTSTRAP_EXPECT=3 and RAFT_SEED_NODES to bootstrap a cluster."),
        };
    }

    private static NodeOptions WithMembers(Variables variables, IReadOnlyList<RaftMember> members)
    {
        var nodeId = variables.Parse("RAFT_NODE_ID", text => (NodeId?)NodeId.Parse(text));
        var remote = new OwnAddress(variables.Parse("RAFT_REMOTE", HostPort.ParseReachable) ?? AddressIn(members, nodeId))
        {
            Bind = OwnAddress.BindOf(variables),
        };
        IReadOnlyList<HostPort> advertised = [.. members.Select(AddressOf)];
        return Common(variables, remote) with
        {
            NodeId = nodeId,
            Seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList) ?? advertised,
            Advertised = advertised,
            Overrides = $"raft.members = [{string.Join(", ", members.Select(m => $"\"{m}\""))}]\n{Overrides(variables)}",
        };
    }

    private static NodeOptions WithBootstrap(Variables variables, int expect)
    {
        var nodeId = variables.Parse("RAFT_NODE_ID", text => (NodeId?)NodeId.Parse(text));
        var seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList)
            ?? throw new BadVariableException(
                "RAFT_SEED_NODES is not set. With RAFT_BOOTSTRAP_EXPECT, nodes find each other through a lighthouse, such as "
                + "lighthouse:4053.");
        var common = Common(variables, OwnAddress.Of(variables, seeds));
        return common with
        {
            NodeId = nodeId,
            IsDataShared = nodeId is null && !DataFolder.IsOfOneNode(common.DataFolder),
            Seeds = seeds,
            Overrides = $"raft.bootstrap-expect = {expect.ToString(CultureInfo.InvariantCulture)}\n{Overrides(variables)}",
        };
    }

    private static NodeOptions Common(Variables variables, OwnAddress remote) => new()
    {
        Cluster = variables.Cluster(),
        DataFolder = variables["RAFT_DATA"] ?? "data",
        Http = variables.Parse("RAFT_HTTP", HostPort.Parse) ?? new HostPort("0.0.0.0", 8080),
        Api = ApiEnvironment.Read(variables),
        Hooks = RoleHookOptions.Read(variables),
        Remote = remote,
    };

    private static int? ParseExpect(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MaxMembers
            ? count
            : throw new FormatException($"'{text}' is not a number of nodes from 1 to {MaxMembers}.");

    private static HostPort AddressOf(RaftMember member) => new(member.Host, member.Port);

    private static HostPort AddressIn(IReadOnlyList<RaftMember> members, NodeId? nodeId) =>
        nodeId is null
            ? throw new BadVariableException("Neither RAFT_NODE_ID nor RAFT_REMOTE is set. This node needs an address.")
        : members.FirstOrDefault(m => m.Id == nodeId) is { } own ? AddressOf(own)
        : throw new BadVariableException(
            $"RAFT_MEMBERS does not name this node, {nodeId}. It names {string.Join(", ", members)}.");

    private static string Overrides(Variables variables) => RaftKeys.Overrides(variables) + variables.LogLevel();
}
