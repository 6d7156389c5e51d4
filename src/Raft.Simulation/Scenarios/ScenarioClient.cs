using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;
using Raft.Simulation.Network;

namespace Raft.Simulation.Scenarios;

/// <summary>
/// A machine that sends requests to nodes that the scenario chooses. Unlike a real client it neither looks for the leader nor
/// gives up, so the scenario sees exactly what a node answered.
/// </summary>
internal sealed class ScenarioClient : Machine
{
    private readonly Endpoint _endpoint;
    private readonly Inbox _inbox;
    private readonly Dictionary<long, Action<ClientReply>> _waiting = [];
    private long _lastId;
    private Action<object>? _onTransfer;

    public ScenarioClient(SimulatedWorld world)
        : base("client", world.Machines.Count)
    {
        _inbox = new Inbox(this, world.System);
        _endpoint = world.Network.Add(this, "client", () => _inbox);
        world.Network.Connect(world.Machines.Count + 1);
        Process = new NetworkedProcess(world.NewProcessName(Name, out var number), number, this, world.Network);
    }

    public override Endpoint EndpointOf(IActorRef actor) => _endpoint;

    /// <summary>Sends a request through the network.</summary>
    public void Send(Endpoint to, Func<long, object> request, Action<ClientReply> onReply) =>
        Process!.RefTo(to).Tell(request(Expect(onReply)), _inbox);

    /// <summary>Whether a requested transfer has no answer yet.</summary>
    public bool AwaitsTransfer => _onTransfer is not null;

    /// <summary>
    /// Requests a leadership transfer through the network. Its answers identify no request, so there is one at a time.
    /// </summary>
    public void Transfer(Endpoint to, TransferLeadership transfer, Action<object> onReply)
    {
        _onTransfer = onReply;
        Process!.RefTo(to).Tell(transfer, _inbox);
    }

    /// <summary>Queries an actor from within its own process.</summary>
    public void AskLocally(IActorRef actor, Func<long, object> request, Action<ClientReply> onReply) =>
        actor.Tell(request(Expect(onReply)), _inbox);

    private long Expect(Action<ClientReply> onReply)
    {
        _waiting.Add(++_lastId, onReply);
        return _lastId;
    }

    /// <summary>As with a real client, the first reply to a request ends it.</summary>
    private void Take(object message)
    {
        if (message is LeadershipTransferred or TransferRefused)
        {
            var onTransfer = _onTransfer;
            _onTransfer = null;
            onTransfer?.Invoke(message);
        }

        if (message is not ClientReplies replies) return;
        foreach (var reply in replies.Replies)
        {
            if (_waiting.Remove(reply.RequestId, out var onReply)) onReply(reply);
        }
    }

    private sealed class Inbox(ScenarioClient client, ExtendedActorSystem system) : MinimalActorRef
    {
        public override ActorPath Path { get; } = system.DeadLetters.Path.Root / "scenario-client";

        public override IActorRefProvider Provider => system.Provider;

        protected override void TellInternal(object message, IActorRef sender) => client.Take(message);
    }
}
