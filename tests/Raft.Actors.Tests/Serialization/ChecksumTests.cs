using CsCheck;
using Raft.Actors.Events;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// A damaged event must be detected, since the node would forget a vote or an entry; and by recovery, which knows the sequence
/// number, so the serializer must not throw.
/// </summary>
public sealed class ChecksumTests
{
    [Fact]
    public void Any_single_flipped_bit_is_read_as_a_damaged_event() =>
        Assert.All(Samples.Events, e =>
        {
            var bytes = Bytes.Of(e);
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                AssertDamaged(flipped, e);
            }
        });

    [Fact]
    public void Truncated_bytes_make_a_damaged_event() =>
        Assert.All(Samples.Events, e =>
        {
            var bytes = Bytes.Of(e);
            for (var length = 0; length < bytes.Length; length++) AssertDamaged(bytes[..length], e);
        });

    [Fact]
    public void Bytes_too_many_make_a_damaged_event() =>
        Assert.All(Samples.Events, e => AssertDamaged([.. Bytes.Of(e), 0], e));

    [Fact]
    public void A_page_of_zeros_is_read_as_a_damaged_event() =>
        Assert.All(Samples.Events, e => AssertDamaged(new byte[Bytes.Of(e).Length], e));

    [Fact]
    public void A_run_of_damaged_bytes_is_read_as_a_damaged_event() =>
        Gen.Select(Gen.OneOf<RaftEvent>([.. Samples.Events]), Gen.Int[0, 200], Gen.Byte[1, 255].Array[1, 4])
            .Sample((e, start, noise) =>
            {
                var bytes = Bytes.Of(e);
                for (var i = 0; i < noise.Length; i++) bytes[(start + i) % bytes.Length] ^= noise[i];
                AssertDamaged(bytes, e);
            });

    [Fact]
    public void Whole_bytes_under_an_events_manifest_of_a_newer_version_make_a_damaged_event() =>
        Assert.Contains(
            "newer version",
            Assert.IsType<DamagedEvent>(Bytes.Read(Bytes.WithChecksum([8, 1], "E99"), "E99")).Reason,
            StringComparison.Ordinal);

    /// <summary>Four zero bytes are the checksum of an empty payload, and events of two types can have the same fields.</summary>
    [Fact]
    public void Bytes_of_one_event_under_the_manifest_of_another_make_a_damaged_event()
    {
        foreach (var e in Samples.Events)
        {
            foreach (var manifest in Samples.Events.Select(Bytes.Serializer.Manifest).Except([Bytes.Serializer.Manifest(e)]))
                Assert.IsType<DamagedEvent>(Bytes.Read(Bytes.Of(e), manifest));
        }

        Assert.IsType<DamagedEvent>(Bytes.Read(new byte[4], "E2"));
    }

    [Fact]
    public void The_reason_tells_both_checksums()
    {
        var bytes = Bytes.Of(Samples.Events.First());
        var stored = BitConverter.ToUInt32(bytes);
        bytes[^1] ^= 1;

        var damaged = Assert.IsType<DamagedEvent>(Bytes.Read(bytes, "E1"));

        Assert.Contains($"should be {stored:x8}", damaged.Reason, StringComparison.Ordinal);
    }

    private static void AssertDamaged(byte[] bytes, RaftEvent original)
    {
        var read = Bytes.Read(bytes, Bytes.Serializer.Manifest(original));
        Assert.True(read is DamagedEvent, $"{original}, damaged to {Convert.ToHexString(bytes)}, was read as {read}.");
    }
}
