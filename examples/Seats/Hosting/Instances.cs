using System.Diagnostics;

namespace Seats.Hosting;

/// <summary><c>--instances N</c>: runs the first N nodes as separate processes, so that one of them can be killed.</summary>
internal static class Instances
{
    public static async Task<int> RunAsync(IEnumerable<SeatNode> nodes, string[] args)
    {
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        await Task.WhenAll(nodes.Select(node => RunAsync(node, args)));
        return 0;
    }

    /// <summary>A process with <c>--node</c> starts no others. Ctrl-C reaches it too, and it stops by itself.</summary>
    private static async Task RunAsync(SeatNode node, string[] args)
    {
        using var process = Start(node, args);
        Console.WriteLine($"{node.Id} is process {process.Id} and answers on {node.Http}");
        await process.WaitForExitAsync();
        Console.WriteLine($"{node.Id} ended with {process.ExitCode}; start it again with --node {node.Id}");
    }

    private static Process Start(SeatNode node, string[] args)
    {
        var program = typeof(Instances).Assembly.Location;
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return Process.Start(dotnet, [program, .. args, "--node", node.Id]);
    }
}
