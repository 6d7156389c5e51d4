using Akka.Actor;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Inspection;

public sealed class ActorTreeReaderTests : IAsyncLifetime, IDisposable
{
    private const int Queued = 3;

    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)ActorSystem.Create("tree", "akka.loglevel = ERROR");
    private readonly SemaphoreSlim _isBusy = new(0);
    private readonly ManualResetEventSlim _mayGoOn = new();

    /// <summary>A parent with two children; one of them hangs in a message while three others wait.</summary>
    public async Task InitializeAsync()
    {
        var parent = _system.ActorOf(Props.Create(() => new Parent(_isBusy, _mayGoOn)), "parent");
        var busy = await parent.Ask<IActorRef>("where is the busy child?");
        for (var i = 0; i <= Queued; i++) busy.Tell("work");
        await _isBusy.WaitAsync();
    }

    public async Task DisposeAsync()
    {
        _mayGoOn.Set();
        await _system.Terminate();
    }

    public void Dispose()
    {
        _isBusy.Dispose();
        _mayGoOn.Dispose();
    }

    [Fact]
    public void An_actor_stands_before_its_children_with_type_and_queue() =>
        Assert.Equal(
            [
                new ActorView("/user/parent", "Parent", 0, 2),
                new ActorView("/user/parent/busy", "Busy", Queued, 0),
                new ActorView("/user/parent/idle", "Busy", 0, 0),
            ],
            Read("/user/parent").Actors);

    [Fact]
    public void The_root_has_the_users_actors_the_systems_and_pending_Asks()
    {
        var waiting = _system.ActorSelection("/user/parent/busy").Ask("never answered", TimeSpan.FromMinutes(1));

        var paths = Read("/").Actors.Select(a => a.Path).ToArray();

        Assert.Equal("/", paths[0]);
        Assert.Contains("/user/parent/idle", paths);
        Assert.Contains(paths, p => p.StartsWith("/system/", StringComparison.Ordinal));
        Assert.Contains(paths, p => p.StartsWith("/temp/", StringComparison.Ordinal));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public void A_pending_Ask_has_no_mailbox()
    {
        _ = _system.ActorSelection("/user/parent/busy").Ask("never answered", TimeSpan.FromMinutes(1));

        var waiting = Read("/temp").Actors[^1];

        Assert.StartsWith("FutureActorRef", waiting.Type, StringComparison.Ordinal);
        Assert.Null(waiting.Queued);
    }

    [Fact]
    public void A_depth_leaves_out_what_is_below_and_says_how_many_children_there_are() =>
        Assert.Equal([new ActorView("/user/parent", "Parent", 0, 2)], Read("/user/parent", depth: 0).Actors);

    [Fact]
    public void A_limit_cuts_the_tree_and_says_so()
    {
        var tree = Read("/user/parent", limit: 2);

        Assert.Equal(["/user/parent", "/user/parent/busy"], tree.Actors.Select(a => a.Path));
        Assert.True(tree.IsCut);
        Assert.False(Read("/user/parent", limit: 3).IsCut);
    }

    [Theory]
    [InlineData("/user/nobody")]
    [InlineData("/user/parent/idle/child")]
    [InlineData("nonsense")]
    public void Where_there_is_no_actor_the_tree_is_empty(string path) => Assert.Empty(Read(path).Actors);

    [Theory]
    [InlineData("user/parent/idle")]
    [InlineData("/user/parent/idle/")]
    [InlineData("//user//parent/idle")]
    public void Slashes_at_the_ends_do_not_matter(string path) =>
        Assert.Equal("/user/parent/idle", Assert.Single(Read(path).Actors).Path);

    private ActorTree Read(string under, int depth = 64, int limit = 1000) =>
        ActorTreeReader.Read(_system, new GetActors(under, depth, limit));

    private sealed class Parent : ReceiveActor
    {
        public Parent(SemaphoreSlim isBusy, ManualResetEventSlim mayGoOn)
        {
            var props = Props.Create(() => new Busy(isBusy, mayGoOn));
            var busy = Context.ActorOf(props, "busy");
            Context.ActorOf(props, "idle");
            ReceiveAny(_ => Sender.Tell(busy));
        }
    }

    private sealed class Busy : ReceiveActor
    {
        public Busy(SemaphoreSlim isBusy, ManualResetEventSlim mayGoOn) => Receive<string>(text =>
        {
            if (text != "work") return;
            isBusy.Release();
            mayGoOn.Wait();
        });
    }
}
