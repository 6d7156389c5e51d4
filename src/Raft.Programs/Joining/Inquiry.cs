using Akka.Actor;

namespace Raft.Programs.Joining;

/// <summary>
/// One request to one address, and the actor that expects the reply. Only the process at that address learns the random name of
/// this actor, so a reply can't come from a stranger. The actor stops after the reply, or after a timeout.
/// </summary>
internal sealed class Inquiry : ReceiveActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ActorSelection _asked;
    private readonly IReadOnlyList<string> _texts;

    public Inquiry(ActorSelection asked, IReadOnlyList<string> texts)
    {
        _asked = asked;
        _texts = texts;
        Receive<string>(OnText);
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
    }

    /// <param name="asked">The process to ask.</param>
    /// <param name="texts">The texts to send; the last one is the request.</param>
    public static Props Props(ActorSelection asked, IReadOnlyList<string> texts) =>
        Akka.Actor.Props.Create(() => new Inquiry(asked, texts));

    protected override void PreStart()
    {
        Context.SetReceiveTimeout(Patience);
        foreach (var text in _texts) _asked.Tell(text, Self);
    }

    private void OnText(string text)
    {
        if (ClusterNotice.Parse(text) is not null) Context.Parent.Forward(text);
        if (AkkaClusterView.Parse(text) is not { IsRequest: false } view) return;
        Context.Parent.Tell(new Answered(view));
        Context.Stop(Self);
    }
}

/// <summary>The reply to a request of this process.</summary>
/// <param name="View">The view of the process that was asked.</param>
internal sealed record Answered(AkkaClusterView View) : INoSerializationVerificationNeeded;
