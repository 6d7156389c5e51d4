using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Clients;

namespace Raft.Actors.AspNetCore;

/// <summary>Adds problem details for failures of Raft to an application's own endpoints.</summary>
public static class RaftProblemDetailsExtensions
{
    /// <summary>
    /// Adds problem details (RFC 9457) and an <see cref="IExceptionHandler"/> for each <see cref="RaftClientException"/> and
    /// <see cref="Groups.RaftGroupException"/>: 503 or 429, with <c>Retry-After</c>, if nothing was done and a retry may help;
    /// 504 if the outcome is unknown; 400, 404 or 409 if the request can't succeed as it is. It leaves other exceptions to the
    /// application.
    /// </summary>
    /// <param name="services">The application's services. The application calls <c>app.UseExceptionHandler()</c>.</param>
    public static IServiceCollection AddRaftProblemDetails(this IServiceCollection services) =>
        services.AddProblemDetails().AddExceptionHandler<RaftExceptionHandler>();
}
