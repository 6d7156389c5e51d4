using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Host.Hosting;

/// <summary>Starts tools for operators beside a node or a gateway, before it joins the Akka cluster.</summary>
/// <param name="system">The process's ActorSystem.</param>
/// <param name="group">The group.</param>
/// <param name="client">For reading a key.</param>
internal delegate void OperatorTools(ActorSystem system, IRaftGroup group, RaftClient client);
