using Raft.Simulation.Histories;

namespace Raft.Simulation.Tests.Histories;

internal abstract record RegisterInput;

internal sealed record Read : RegisterInput;

internal sealed record Write(int Value) : RegisterInput;

internal sealed record CompareAndSet(int Expected, int Value) : RegisterInput;

/// <summary>A number that can be read, written, and compared and set; returns 1 if that succeeded.</summary>
internal sealed class RegisterModel : DeterministicModel<int, RegisterInput, int>
{
    public override int Initial => 0;

    public override int Apply(int state, RegisterInput input, out int output)
    {
        switch (input)
        {
            case Write write:
                output = 0;
                return write.Value;
            case CompareAndSet set when set.Expected == state:
                output = 1;
                return set.Value;
            case CompareAndSet:
                output = 0;
                return state;
            default:
                return output = state;
        }
    }

    public override bool IsReadOnly(RegisterInput input, int output) => input is Read;
}
