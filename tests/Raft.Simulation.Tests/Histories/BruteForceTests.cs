using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;
using Xunit;

namespace Raft.Simulation.Tests.Histories;

/// <summary>The checker and the brute-force search reach the same verdict on random small histories.</summary>
public sealed class BruteForceTests
{
    private const int HighestRevision = 8;

    [Fact]
    public void The_checker_agrees_with_the_trial_of_all_orders_on_registers()
    {
        var random = new Random(1);
        var checker = new LinearizabilityChecker<int, RegisterInput, int>(new RegisterModel());
        var accepted = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var history = RandomHistory(random, RandomRegisterOperation);
            var expected = BruteForce.IsLinearizable(history, 0, StepOfRegister);

            AssertVerdict(expected, checker.Check(history), history);
            if (expected) accepted++;
        }

        Assert.InRange(accepted, 4_000, 16_000);
    }

    [Fact]
    public void The_checker_agrees_with_the_trial_of_all_orders_on_keys()
    {
        var random = new Random(2);
        var checker = new KeyValueChecker();
        var accepted = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var history = RandomHistory(random, RandomKeyValueOperation);
            var expected = BruteForce.IsLinearizable(
                history, default, (BruteForce.KeyState s, KeyValueOperation o) => BruteForce.StepOfKey(s, o, HighestRevision));

            AssertVerdict(expected, checker.Check(history), history);
            if (expected) accepted++;
        }

        Assert.InRange(accepted, 2_000, 18_000);
    }

    [Fact]
    public void The_checker_agrees_with_the_trial_of_all_orders_on_true_histories_with_one_changed_answer()
    {
        var checker = new KeyValueChecker();
        var accepted = 0;
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var run = new ConcurrentRun(random) { Keys = 1, Clients = 3, Operations = 7, UnknownPercent = 25 }.Play();
            var history = run.ToArray();
            Change(history, random);
            var highest = history.Max(o => Math.Max(o.Told(), o.Expected()));
            var expected = BruteForce.IsLinearizable(
                history, default, (BruteForce.KeyState s, KeyValueOperation o) => BruteForce.StepOfKey(s, o, highest));

            AssertVerdict(expected, checker.Check(history), history);
            if (expected) accepted++;
        }

        Assert.InRange(accepted, 1_000, 9_000);
    }

    private static void AssertVerdict<TInput, TOutput>(
        bool expected, LinearizabilityVerdict verdict, IReadOnlyList<Operation<TInput, TOutput>> history) =>
        Assert.True(expected ? verdict is Linearizable : verdict is NotLinearizable, $"{verdict}\n{string.Join('\n', history)}");

    private static Operation<TInput, TOutput>[] RandomHistory<TInput, TOutput>(
        Random random, Func<Random, (TInput Input, TOutput Output)> next)
    {
        var history = new Operation<TInput, TOutput>[random.Next(2, 7)];
        for (var i = 0; i < history.Length; i++)
        {
            var (input, output) = next(random);
            var invoked = random.Next(40);
            long? returned = random.Next(4) == 0 ? null : invoked + random.Next(1, 20);
            history[i] = new Operation<TInput, TOutput>($"c{i}", input, output, invoked, returned);
        }

        return history;
    }

    private static (RegisterInput Input, int Output) RandomRegisterOperation(Random random) =>
        random.Next(5) switch
        {
            0 or 1 => (new Write(random.Next(3)), 0),
            2 => (new CompareAndSet(random.Next(3), random.Next(3)), random.Next(2)),
            _ => (new Read(), random.Next(3)),
        };

    private static IEnumerable<int> StepOfRegister(int state, Operation<RegisterInput, int> operation)
    {
        var (next, answer) = operation.Input switch
        {
            Write write => (write.Value, 0),
            CompareAndSet set => state == set.Expected ? (set.Value, 1) : (state, 0),
            _ => (state, state),
        };
        return operation.Returned is null || answer == operation.Output ? [next] : [];
    }

    private static (KeyValueInput Input, KeyValueOutput Output) RandomKeyValueOperation(Random random)
    {
        var condition = random.Next(3) == 0 ? WriteCondition.Revision(random.Next(4)) : WriteCondition.None;
        var revision = random.Next(1, 6);
        var value = random.Next(2) == 0 ? "a" : "b";
        return random.Next(10) switch
        {
            < 4 => (new PutInput("k1", value, condition), Written(random, condition, revision)),
            < 6 => (new DeleteInput("k1", condition), Written(random, condition, revision)),
            < 7 => (new GetInput("k1"), new GetOutput(null, 0)),
            _ => (new GetInput("k1"), new GetOutput(value, revision)),
        };
    }

    private static WriteOutput Written(Random random, WriteCondition condition, int revision) =>
        random.Next(8) switch
        {
            0 => new WriteOutput(WriteOutcome.NotFound, 0),
            1 when condition.ExpectedRevision is not null => new WriteOutput(WriteOutcome.ConditionFailed, revision - 1),
            _ => new WriteOutput(WriteOutcome.Done, revision),
        };

    /// <summary>Replaces an output by that of another operation of the same kind, or changes its revision.</summary>
    private static void Change(KeyValueOperation[] history, Random random)
    {
        var known = Enumerable.Range(0, history.Length).Where(i => history[i].IsKnown).ToArray();
        if (known.Length == 0) return;
        var at = known[random.Next(known.Length)];
        var donors = known.Where(i => history[i].Output!.GetType() == history[at].Output!.GetType()).ToArray();
        var output = history[donors[random.Next(donors.Length)]].Output!;
        var shift = random.Next(-1, 2);
        history[at] = history[at] with
        {
            Output = output switch
            {
                GetOutput { Value: not null } get => get with { Revision = get.Revision + shift },
                WriteOutput { Revision: > 1 } write => write with { Revision = write.Revision + shift },
                _ => output,
            },
        };
    }
}
