using Akka.Actor;
using Akka.TestKit.Xunit2;
using Raft.Actors.Monitoring;
using Xunit;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>Real actors; the test provides the time.</summary>
public sealed class PulseTests : TestKit
{
    private readonly ManualResetEventSlim _mayGoOn = new();

    [Fact]
    public async Task An_actor_that_answers_lives()
    {
        var pulse = new Pulse("It", Sys.ActorOf(Props.Create(() => new Stuck(_mayGoOn))), mayBeAbsent: false);

        Assert.Null(await pulse.WhyDeadAsync(TimeSpan.Zero));
        Assert.Null(await pulse.WhyDeadAsync(2 * Pulse.Patience));
    }

    [Theory]
    [InlineData(false, "It has stopped.")]
    [InlineData(true, null)]
    public async Task A_stopped_actor_is_dead_unless_a_supervisor_restarts_it(bool mayBeAbsent, string? why)
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stuck(_mayGoOn)));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);

        Assert.Equal(why, await new Pulse("It", actor, mayBeAbsent).WhyDeadAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task One_whose_thread_never_comes_back_is_dead_after_a_while_and_alive_when_it_answers_after_all()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stuck(_mayGoOn)));
        actor.Tell("stop");
        var pulse = new Pulse("It", actor, mayBeAbsent: false);

        Assert.Null(await pulse.WhyDeadAsync(TimeSpan.Zero));
        Assert.Null(await pulse.WhyDeadAsync(Pulse.Patience - TimeSpan.FromSeconds(1)));
        Assert.Equal("It has not answered for 30 s.", await pulse.WhyDeadAsync(Pulse.Patience));

        _mayGoOn.Set();
        await actor.Ask<ActorIdentity>(new Identify(1));
        Assert.Null(await pulse.WhyDeadAsync(2 * Pulse.Patience));
    }

    protected override void Dispose(bool disposing)
    {
        _mayGoOn.Set();
        base.Dispose(disposing);
        _mayGoOn.Dispose();
    }

    private sealed class Stuck : ReceiveActor
    {
        public Stuck(ManualResetEventSlim mayGoOn) => Receive<string>(_ => mayGoOn.Wait());
    }
}
