using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>Tests that start processes run one after another, because two cores can run only one cluster at a time.</summary>
[CollectionDefinition(nameof(ProcessTests), DisableParallelization = true)]
public sealed class ProcessTests;
