# The programs as images: target "node" is raft (node, gateway, dev, and the command line), target "lighthouse" the seed node.
#
#   docker build --target node -t raft .
#   docker build --target lighthouse -t raft-lighthouse .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# What is restored depends on these files alone, so that other changes leave this layer as it is.
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY src/Directory.Build.props src/Directory.Build.targets src/
COPY src/Raft.Actors/Raft.Actors.csproj src/Raft.Actors/
COPY src/Raft.Actors.AspNetCore/Raft.Actors.AspNetCore.csproj src/Raft.Actors.AspNetCore/
COPY src/Raft.Simulation/Raft.Simulation.csproj src/Raft.Simulation/
COPY src/Raft.Programs/Raft.Programs.csproj src/Raft.Programs/
COPY src/Raft.Lighthouse/Raft.Lighthouse.csproj src/Raft.Lighthouse/
COPY src/Raft.Host/Raft.Host.csproj src/Raft.Host/
RUN dotnet restore src/Raft.Host --use-current-runtime && dotnet restore src/Raft.Lighthouse --use-current-runtime

# Neither symbols nor documentation, and native libraries for this processor only.
COPY .editorconfig BannedSymbols.txt ./
COPY hocon hocon
COPY src src
RUN publish() { dotnet publish "src/$1" -c Release -o "$2" --no-restore --use-current-runtime --no-self-contained \
      -p:DebugType=none -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false; } \
 && publish Raft.Host /out/node \
 && publish Raft.Lighthouse /out/lighthouse \
 && mkdir /out/data


FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS node
LABEL org.opencontainers.image.title="raft" \
      org.opencontainers.image.description="Raft consensus on Akka.NET: a replicated key-value store" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /out/node /app
# A named volume takes its first content and its owner from here.
COPY --from=build --chown=$APP_UID:$APP_UID /out/data /data
COPY docker/health /usr/local/bin/
RUN ln -s /app/raft /usr/local/bin/raft
ENV RAFT_DATA=/data RAFT_HTTP=0.0.0.0:8080
WORKDIR /data
VOLUME /data
EXPOSE 8080 4053
USER $APP_UID
STOPSIGNAL SIGTERM
# Alive, not ready: engines replace what is unhealthy, and waiting for a majority is no reason to be replaced.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["health", "/health/live"]
ENTRYPOINT ["raft"]
CMD ["node"]


FROM mcr.microsoft.com/dotnet/runtime:10.0 AS lighthouse
LABEL org.opencontainers.image.title="raft-lighthouse" \
      org.opencontainers.image.description="Seed node: the processes of a cluster find each other through it" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /out/lighthouse /app
EXPOSE 4053
USER $APP_UID
STOPSIGNAL SIGTERM
# Whether it listens on its port (0FD5 is 4053): a connection would only make it log a stranger.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD \
  ["/bin/bash", "-c", "grep -qE ':0FD5 [0:]+ 0A ' /proc/net/tcp /proc/net/tcp6"]
ENTRYPOINT ["/app/raft-lighthouse"]
