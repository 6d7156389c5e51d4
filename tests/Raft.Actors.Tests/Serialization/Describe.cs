using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// Prints a message with its lists and bytes, which records compare by reference. Two messages are equal if their descriptions
/// are.
/// </summary>
internal static class Describe
{
    public static string Fully(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        ReadOnlyMemory<byte> bytes => $"0x{Convert.ToHexString(bytes.Span)}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Fully))}]",
        _ when IsLeaf(value) => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => $"{value.GetType().Name} {{ {string.Join(", ", Parts(value).Select(p => $"{p.Name} = {Fully(p.Value)}"))} }}",
    };

    /// <summary>Names of the fields that are at their default: null, zero or empty.</summary>
    public static IEnumerable<string> Defaults(object value, string path) => value switch
    {
        string text => text.Length == 0 ? [path] : [],
        ReadOnlyMemory<byte> bytes => bytes.IsEmpty ? [path] : [],
        IEnumerable list => list.Cast<object>().FirstOrDefault() is { } first ? Defaults(first, path + "[0]") : [path],
        _ when IsLeaf(value) => value.Equals(Activator.CreateInstance(value.GetType())) ? [path] : [],
        _ => Parts(value).SelectMany(p => p.Value is null ? [$"{path}.{p.Name}"] : Defaults(p.Value, $"{path}.{p.Name}")),
    };

    private static bool IsLeaf(object value) => value.GetType().IsPrimitive || value.GetType().IsEnum || value is TimeSpan;

    private static IEnumerable<(string Name, object? Value)> Parts(object value) => value.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(p => (p.Name, p.GetValue(value)));
}
