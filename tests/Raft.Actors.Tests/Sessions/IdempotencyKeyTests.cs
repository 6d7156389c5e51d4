using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Sessions;

public sealed class IdempotencyKeyTests
{
    public static TheoryData<string> Valid => ["k", "8e03978e-40d5-43dd-bc93-6894a57f9324", " ~!\"", new string('k', 255)];

    public static TheoryData<string> Invalid => ["", new string('k', 256), "é", "a\tb", "a\n", "\u007f", "→"];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_key_of_printable_ASCII_is_one(string text) => Assert.Equal(text, IdempotencyKey.Parse(text).ToString());

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Another_text_is_refused_with_what_is_allowed(string text) => Assert.Equal(
        "An idempotency key has 1 to 255 printable ASCII characters.",
        Assert.Throws<FormatException>(() => IdempotencyKey.Parse(text)).Message);
}
