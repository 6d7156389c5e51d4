using System.Net.Sockets;
using Raft.Programs.Configuration;

namespace Raft.Programs.Addresses;

/// <summary>The program can't listen where it is told to.</summary>
/// <param name="message">The line for the person who started it; it names the address.</param>
/// <param name="inner">The cause.</param>
internal sealed class AddressException(string message, Exception inner) : StartupException(message, inner)
{
    /// <summary>Says why an address can't be used, and what to do.</summary>
    /// <param name="what">What is to listen there.</param>
    /// <param name="address">The address.</param>
    /// <param name="e">What was thrown; a <see cref="SocketException"/> in it says why.</param>
    /// <param name="elsewhere">What to do where the machine does not have the address.</param>
    public static AddressException Of(string what, HostPort address, Exception e, string elsewhere) => new(
        $"{what} can't listen on {address}: " + CauseOf(e)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "the port is in use. End what listens there, or take another port.",
            SocketError.AccessDenied => "this user may not use the port. Take one from 1024 on.",
            SocketError.AddressNotAvailable => $"this machine has no such address. {elsewhere}",
            _ => e.GetBaseException().Message,
        },
        e);

    /// <summary>The failure of a socket that is in an exception; null where there is none.</summary>
    public static SocketException? CauseOf(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket,
        AggregateException several => several.InnerExceptions.Select(CauseOf).FirstOrDefault(cause => cause is not null),
        _ => CauseOf(e.InnerException),
    };
}
