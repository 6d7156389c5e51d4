using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Host.Hosting;

/// <summary>Starts tools for operators in the process of a node or a gateway, before it joins the Akka cluster.</summary>
/// <param name="system">The ActorSystem of the process.</param>
/// <param name="group">The group.</param>
/// <param name="client">The client that reads keys.</param>
internal delegate void OperatorTools(ActorSystem system, IRaftGroup group, IRaftClient client);
