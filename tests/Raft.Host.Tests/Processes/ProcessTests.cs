using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>Tests that start processes run one after the other: two cores carry one cluster at a time.</summary>
[CollectionDefinition(nameof(ProcessTests), DisableParallelization = true)]
public sealed class ProcessTests;
