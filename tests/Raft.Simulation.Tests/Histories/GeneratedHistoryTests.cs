using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>Histories of realistic size, without and with one wrong output.</summary>
public sealed class GeneratedHistoryTests
{
    private const int Runs = 500;

    private readonly KeyValueChecker _checker = new();

    [Fact]
    public void All_histories_of_concurrent_clients_of_one_store_are_accepted()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var history = Play(seed);
            var verdict = _checker.Check(history);

            Assert.True(verdict is Linearizable, $"Seed {seed}: {verdict}");
            Assert.InRange(history.Count(o => !o.IsKnown), 10, 60);
            Assert.InRange(verdict.Explored, 1, 5_000);
        }
    }

    [Fact]
    public void All_histories_with_one_wrong_answer_are_rejected()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var history = Play(seed).ToArray();
            var wrong = Corrupt(history, seed);
            var verdict = _checker.Check(history);

            Assert.True(verdict is NotLinearizable, $"Seed {seed}, operation {wrong}: {verdict}");
            Assert.Equal(history[wrong].Input.Key, ((NotLinearizable)verdict).Key);
        }
    }

    [Fact]
    public void The_evidence_is_contradictory_by_itself_and_none_of_it_can_be_spared()
    {
        for (var seed = 0; seed < Runs; seed += 10)
        {
            var history = Play(seed).ToArray();
            Corrupt(history, seed);
            var evidence = Assert.IsType<NotLinearizable>(_checker.Check(history)).Evidence;

            Assert.Equal(SearchResult.Excluded, SearchWith(history, evidence[^1], evidence));
            foreach (var spared in evidence)
                Assert.Equal(SearchResult.Found, SearchWith(history, evidence[^1], [.. evidence.Where(e => e != spared)]));
        }
    }

    [Fact]
    public void A_checker_comes_to_the_same_verdict_whatever_it_checked_before()
    {
        var histories = Enumerable.Range(0, 20).Select(seed =>
        {
            var history = Play(seed).ToArray();
            if (seed % 2 == 0) Corrupt(history, seed);
            return history;
        }).ToArray();

        foreach (var history in histories.Concat(histories.Reverse()))
            Assert.Equivalent(new KeyValueChecker().Check(history), _checker.Check(history), strict: true);
    }

    private static IReadOnlyList<KeyValueOperation> Play(int seed) => new ConcurrentRun(new Random(seed)).Play();

    /// <summary>Makes one output wrong, depending on the seed; returns its position.</summary>
    private static int Corrupt(KeyValueOperation[] history, int seed)
    {
        var random = new Random(seed);
        var parts = History.SplitByKey(history, i => i.Key).ToArray();
        random.Shuffle(parts);
        foreach (var part in parts)
        {
            var choices = Mutation.All[seed % Mutation.All.Count](part.Operations).ToArray();
            if (choices.Length == 0) continue;
            var wrong = choices[random.Next(choices.Length)];
            var position = part.Positions[wrong.Position];
            history[position] = history[position] with { Output = wrong.Output };
            return position;
        }

        throw new InvalidOperationException($"Nothing to change with seed {seed}.");
    }

    /// <summary>Searches the history of the evidence's key, ignoring all other outputs.</summary>
    private static SearchResult SearchWith(KeyValueOperation[] history, int last, IReadOnlyList<int> evidence)
    {
        var positions = Enumerable.Range(0, history.Length)
            .Where(i => history[i].Input.Key == history[last].Input.Key)
            .ToArray();
        var ignored = positions.Select(i => history[i].IsKnown && !evidence.Contains(i)).ToArray();
        return new LinearizationSearch<KeyValueState, KeyValueInput, KeyValueOutput>(new KeyValueModel())
            .Run([.. positions.Select(i => history[i])], maxExplored: 1_000_000, ignored: ignored);
    }
}
