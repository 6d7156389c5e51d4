using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Clients;

namespace Raft.Actors.AspNetCore;

/// <summary>Gives a service problem details for the failures of Raft clients.</summary>
public static class RaftProblemDetailsExtensions
{
    /// <summary>
    /// Adds problem details (RFC 9457) and an <see cref="IExceptionHandler"/> that knows what <see cref="RaftClient"/>
    /// throws: 503 and 429, with <c>Retry-After</c>, where nothing was done; 504 where the outcome is unknown; 400 where the
    /// request was refused. Other exceptions are left to the service.
    /// </summary>
    /// <param name="services">The application's services. The application calls <c>app.UseExceptionHandler()</c>.</param>
    public static IServiceCollection AddRaftProblemDetails(this IServiceCollection services) =>
        services.AddProblemDetails().AddExceptionHandler<RaftExceptionHandler>();
}
