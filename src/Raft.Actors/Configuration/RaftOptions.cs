using Akka.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Configuration;

/// <summary>
/// Settings of one Raft group in code instead of HOCON. A property that is null leaves the key of the same name in <c>raft</c>
/// unchanged; <c>reference.conf</c> explains each key. The values are checked when the group starts.
/// </summary>
/// <example>
/// <code>
/// akka.WithRaft&lt;Orders&gt;("orders", options =&gt;
/// {
///     options.NodeId = "n1";
///     options.Members = ["n1=10.0.0.1:4053", "n2=10.0.0.2:4053", "n3=10.0.0.3:4053"];
/// });
/// </code>
/// </example>
public sealed partial class RaftOptions
{
    /// <summary>
    /// Creates an empty state machine. It is called at each start of the node and must return a new instance each time. Not
    /// needed with <c>WithRaft&lt;TStateMachine&gt;</c>.
    /// </summary>
    public Func<IStateMachine>? StateMachine { get; set; }

    /// <summary>Settings of the group's client in this process.</summary>
    public RaftClientOptions Client { get; } = new();

    /// <summary>The keys that are set, for the group's section of the configuration.</summary>
    /// <param name="group">The group.</param>
    internal Config ToConfig(GroupId group) => RaftConfig.SectionOf(group, HoconText.Object(Keys.Concat(Client.Keys)));
}
