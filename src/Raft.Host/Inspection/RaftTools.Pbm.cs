using System.Globalization;
using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Programs.Hosting;

namespace Raft.Host.Inspection;

/// <summary>Compiled only with <c>-p:WithPbm=true</c>. Each command is one call of <see cref="InspectionConsole"/>.</summary>
internal static partial class RaftTools
{
    private static readonly CommandDefinition Status = new CommandDefinitionBuilder()
        .WithName("status").WithDescription("Show a node and its view of the cluster.")
        .WithArgument(a => a.WithName("node").WithSwitch("-n").IsMandatory(false).WithDescription(
            "The node to query, such as n2."))
        .Build();

    private static readonly CommandDefinition Members = new CommandDefinitionBuilder()
        .WithName("members").WithDescription("Show the members and the other processes.").Build();

    private static readonly CommandDefinition Log = new CommandDefinitionBuilder()
        .WithName("log").WithDescription("Show entries of a node's log.")
        .WithArgument(a => a.WithName("node").WithSwitch("-n").IsMandatory(false).WithDescription(
            "The node to query, such as n2."))
        .WithArgument(a => a.WithName("from").WithSwitch("-f").IsMandatory(false).WithDescription("First index to show."))
        .Build();

    private static readonly CommandDefinition Get = new CommandDefinitionBuilder()
        .WithName("get").WithDescription("Show the value of a key.")
        .WithArgument(a => a.WithName("key").WithSwitch("-k").IsMandatory(true).WithDescription("The key."))
        .Build();

    private static readonly CommandDefinition Transfer = new CommandDefinitionBuilder()
        .WithName("transfer").WithDescription("Transfer leadership to another node.")
        .WithArgument(a => a.WithName("to").WithSwitch("-t").IsMandatory(false).WithDescription("The new leader."))
        .Build();

    private static readonly CommandDefinition Snapshot = new CommandDefinitionBuilder()
        .WithName("snapshot").WithDescription("Make a node take a snapshot.")
        .WithArgument(a => a.WithName("node").WithSwitch("-n").IsMandatory(false).WithDescription("The node, such as n2."))
        .Build();

    private static readonly CommandDefinition Actors = new CommandDefinitionBuilder()
        .WithName("actors").WithDescription("Show the live actor tree, with mailbox sizes.")
        .WithArgument(a => a.WithName("node").WithSwitch("-n").IsMandatory(false).WithDescription(
            "The node to query, such as n2."))
        .WithArgument(a => a.WithName("under").WithSwitch("-u").IsMandatory(false).WithDescription(
            "Path of the actor at the root of the tree."))
        .Build();

    private static readonly CommandDefinition Doctor = new CommandDefinitionBuilder()
        .WithName("doctor").WithDescription("Diagnose the cluster.").Build();

    private static readonly CommandPalette Palette = new("raft", [Status, Members, Log, Get, Transfer, Snapshot, Actors, Doctor]);

    static partial void StartPbm(ActorSystem system, IRaftGroup group, IRaftClient client)
    {
        PetabridgeCmd.Get(system).RegisterCommandPalette(new RaftCommands(new InspectionConsole(group, client)));
        PetabridgeTools.Start(system);
    }

    private sealed class RaftCommands(InspectionConsole console) : CommandPaletteHandler(Palette)
    {
        public override Props HandlerProps { get; } = Props.Create(() => new Handler(console));
    }

    private sealed class Handler : CommandHandlerActor
    {
        public Handler(InspectionConsole console)
            : base(Palette)
        {
            Process(Status.Name, (_, a) => Answer(console.StatusAsync(One(a.ArgumentValues("node")))));
            Process(Members.Name, (_, _) => Answer(console.MembersAsync()));
            Process(
                Log.Name,
                (_, a) => Answer(console.LogAsync(One(a.ArgumentValues("node")), Index(One(a.ArgumentValues("from"))))));
            Process(Get.Name, (_, a) => Answer(console.GetAsync(One(a.ArgumentValues("key")))));
            Process(Transfer.Name, (_, a) => Answer(console.TransferAsync(One(a.ArgumentValues("to")))));
            Process(Snapshot.Name, (_, a) => Answer(console.SnapshotAsync(One(a.ArgumentValues("node")))));
            Process(
                Actors.Name,
                (_, a) => Answer(console.ActorsAsync(One(a.ArgumentValues("node")), One(a.ArgumentValues("under")))));
            Process(Doctor.Name, (_, _) => Answer(console.DoctorAsync()));
        }

        private void Answer(Task<string> text) => text.PipeTo(
            Sender,
            success: answer => new CommandResponse(answer, true),
            failure: e => new ErroredCommandResponse(e.Message));

        private static string One(IEnumerable<string> values) => values.FirstOrDefault() ?? "";

        private static long? Index(string text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0 ? index : null;
    }
}
