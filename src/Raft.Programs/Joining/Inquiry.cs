using Akka.Actor;

namespace Raft.Programs.Joining;

/// <summary>
/// One question to one address, and the place where its answer is expected. Only who is reached at that address hears of the
/// place, whose name is random: so its answer is no stranger's text. It ends with the answer, or when none comes.
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

    /// <param name="asked">Whom to ask.</param>
    /// <param name="texts">What to say; the question is the last of it.</param>
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
        if (Sighting.Parse(text) is not { IsQuestion: false } sighting) return;
        Context.Parent.Tell(new Answered(sighting));
        Context.Stop(Self);
    }
}

/// <summary>The answer to a question of this process.</summary>
/// <param name="Sighting">What the process that was asked told.</param>
internal sealed record Answered(Sighting Sighting) : INoSerializationVerificationNeeded;
