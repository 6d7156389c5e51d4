using System.Reflection;
using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Inspection;

/// <summary>
/// Reads the actors of this process from Akka's own containers. It sends no message and holds no lock that an actor needs for
/// long, so it works while a mailbox is full or an actor hangs. It may miss concurrent changes.
/// </summary>
internal static class ActorTreeReader
{
    /// <summary>Maximum number of actors in one answer; as many fit into a frame of Akka.Remote.</summary>
    public const int MaxActors = 2000;

    /// <summary>Maximum number of levels in one answer.</summary>
    public const int MaxDepth = 64;

    /// <summary>Akka has no public way to list pending asks; null if a newer Akka lacks this one.</summary>
    private static readonly MethodInfo? ForEachChild = typeof(ActorSystem).Assembly
        .GetType("Akka.Actor.VirtualPathContainer")?.GetMethod("ForEachChild", [typeof(Action<IInternalActorRef>)]);

    /// <summary>Reads the tree.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <param name="query">Where to begin, and how much to read, up to the limits of this class.</param>
    public static ActorTree Read(ExtendedActorSystem system, GetActors query)
    {
        var tree = new List<ActorView>();
        var limit = Math.Clamp(query.Limit, 1, MaxActors);
        var isCut = false;
        if (Find(system, query.Under) is { } top)
            isCut = !Add(tree, top, Math.Clamp(query.Depth, 0, MaxDepth), limit);
        return new ActorTree(system.Provider.DefaultAddress.ToString(), tree, isCut);
    }

    private static IActorRef? Find(ExtendedActorSystem system, string path)
    {
        IActorRef? at = system.Provider.RootGuardian;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = ChildrenOf(at).FirstOrDefault(child => child.Path.Name == name);
        return at;
    }

    /// <returns>False if the limit cut the tree.</returns>
    private static bool Add(List<ActorView> tree, IActorRef actor, int depth, int limit)
    {
        if (tree.Count == limit) return false;
        var children = ChildrenOf(actor);
        tree.Add(Describe(actor, children.Length));
        return depth == 0 || children
            .OrderBy(child => child.Path.Name, StringComparer.Ordinal)
            .All(child => Add(tree, child, depth - 1, limit));
    }

    private static ActorView Describe(IActorRef actor, int children)
    {
        var path = actor.Path.ToStringWithoutAddress();
        if (actor is not ActorRefWithCell withCell) return new ActorView(path, NameOf(actor.GetType()), Queued: null, children);
        var cell = withCell.Underlying;
        return new ActorView(path, NameOf(cell.Props.Type), cell.NumberOfMessages, children);
    }

    /// <summary>The root has two children that are actors, and the container of pending asks.</summary>
    private static IActorRef[] ChildrenOf(IActorRef? actor) => actor switch
    {
        LocalActorRef { Path: RootActorPath } root =>
            [.. root.Children, ((ActorRefWithCell)root).Underlying.SystemImpl.Provider.TempContainer],
        ActorRefWithCell withCell => [.. withCell.Children],
        IInternalActorRef container when ForEachChild is not null && ForEachChild.DeclaringType!.IsInstanceOfType(container) =>
            Waiting(container),
        _ => [],
    };

    private static IActorRef[] Waiting(IInternalActorRef container)
    {
        var waiting = new List<IActorRef>();
        ForEachChild!.Invoke(container, [(Action<IInternalActorRef>)waiting.Add]);
        return [.. waiting];
    }

    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
