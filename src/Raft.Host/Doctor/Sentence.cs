namespace Raft.Host.Doctor;

/// <summary>Builds parts of sentences.</summary>
internal static class Sentence
{
    /// <summary>Joins names: <c>n1, n2 and n3</c>.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
