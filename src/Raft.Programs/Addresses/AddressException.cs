using System.Net.Sockets;
using Raft.Programs.Configuration;

namespace Raft.Programs.Addresses;

/// <summary>The program can't listen on a configured address.</summary>
/// <param name="message">One line for the user, which names the address.</param>
/// <param name="inner">The cause.</param>
internal sealed class AddressException(string message, Exception inner) : StartupException(message, inner)
{
    /// <summary>Creates an exception that says why an address can't be used, and what to do.</summary>
    /// <param name="what">What should listen there.</param>
    /// <param name="address">The address.</param>
    /// <param name="e">The exception that was thrown. A <see cref="SocketException"/> in it tells the cause.</param>
    /// <param name="elsewhere">What to do if the machine does not have the address.</param>
    public static AddressException Of(string what, HostPort address, Exception e, string elsewhere) => new(
        $"{what} can't listen on {address}: " + CauseOf(e)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "the port is in use. Stop the program that listens there, or use another port.",
            SocketError.AccessDenied => "this user may not use the port. Use a port from 1024 on.",
            SocketError.AddressNotAvailable => $"this machine has no such address. {elsewhere}",
            _ => e.GetBaseException().Message,
        },
        e);

    /// <summary>Returns the socket error inside an exception; null if there is none.</summary>
    public static SocketException? CauseOf(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket,
        AggregateException several => several.InnerExceptions.Select(CauseOf).FirstOrDefault(cause => cause is not null),
        _ => CauseOf(e.InnerException),
    };
}
