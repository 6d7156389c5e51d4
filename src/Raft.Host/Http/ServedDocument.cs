using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Generates <c>/openapi.json</c>, except for its routes.</summary>
internal static class ServedDocument
{
    /// <summary>Describes the API as a whole and its base path.</summary>
    public static void Configure(OpenApiOptions document, ApiOptions options)
    {
        document.AddDocumentTransformer((made, _, _) =>
        {
            made.Info.Title = options.Title;
            made.Info.Version = options.Version;
            made.Info.Description = options.Description;
            made.Info.Contact = options.Contact;

            // No host name, so that the document is valid behind any proxy.
            made.Servers = [new OpenApiServer { Url = options.BasePath.Length == 0 ? "/" : options.BasePath }];
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type != typeof(ProblemDetails)) return Task.CompletedTask;
            schema.Description = "A problem (RFC 9457). `detail` says what is wrong and what to do. There may be further "
                + "members.";
            schema.AdditionalProperties = new OpenApiSchema();
            return Task.CompletedTask;
        });
    }
}
