using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Turns the expected exceptions of a request into problems.</summary>
internal sealed class RaftExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (KnownProblems.Of(exception) is not { } problem) return false;
        await KnownProblems.WriteAsync(httpContext, problem).ConfigureAwait(false);
        return true;
    }
}
