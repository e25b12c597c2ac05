using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Tests.Pool;

public sealed class LedgerTests
{
    [Fact]
    public void Open_LastLineCutOffAnywhere_KeepsTheLinesBeforeAndSaysSo()
    {
        using TemporaryFolder folder = new();
        string path = Fill(folder.Path);
        byte[] whole = File.ReadAllBytes(path);
        int second = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = second + 1; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var ledger = Ledger.Open(folder.Path);
            Assert.Single(ledger.Records);
            Assert.Contains("Line 2, the last, is cut off", ledger.Torn, StringComparison.Ordinal);
        }

        Assert.Single(Ledger.OpenForAppend(folder.Path, PoolDisk.Plain).Records);
        Assert.Equal(second, new FileInfo(path).Length);
        Assert.Null(Ledger.Open(folder.Path).Torn);
    }

    [Fact]
    public void Open_AnyByteOfTheFirstLineFlipped_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = Fill(folder.Path);
        byte[] whole = File.ReadAllBytes(path);
        int length = Array.IndexOf(whole, (byte)'\n');
        for (int i = 0; i <= length; i++)
        {
            byte[] bad = [.. whole];
            bad[i] ^= 0x20;
            File.WriteAllBytes(path, bad);
            // A line break that is gone makes one long last line: then both are taken for torn, and a repair brings them back.
            if (i == length)
            {
                Assert.NotNull(Ledger.Open(folder.Path).Torn);
            }
            else
            {
                Assert.Contains("Line 1", Assert.Throws<InvalidDataException>(() => Ledger.Open(folder.Path)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Mend_AnyOneDamagedLine_ComesBackFromTheSegmentsOwnCopy()
    {
        using TemporaryFolder folder = new();
        string path = Fill(folder.Path);
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 3; i < whole.Length; i += 41)
        {
            byte[] bad = [.. whole];
            bad[i] ^= 0x20;
            File.WriteAllBytes(path, bad);

            Assert.NotEmpty(LedgerSalvage.Mend(folder.Path, PoolDisk.Plain));
            Assert.Equal(whole, File.ReadAllBytes(path));
            Assert.Empty(LedgerSalvage.Mend(folder.Path, PoolDisk.Plain));
        }
    }

    [Fact]
    public void Mend_LineAndCopyBothDamaged_KeepsWhatComesBefore()
    {
        using TemporaryFolder folder = new();
        string path = Fill(folder.Path);
        File.WriteAllText(Path.Combine(SegmentFiles.PathOf(folder.Path, 0), SegmentFiles.Record), "{}");
        byte[] bad = File.ReadAllBytes(path);
        bad[50] ^= 1;
        File.WriteAllBytes(path, bad);

        Assert.Contains("no line is left of segment 0", LedgerSalvage.Mend(folder.Path, PoolDisk.Plain)[0], StringComparison.Ordinal);
        Assert.Empty(Ledger.Open(folder.Path).Records);
    }

    private static string Fill(string folder)
    {
        using (PoolWriter writer = PoolFixture.Writer(folder, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, 3, closes: true));
            writer.Append(PoolFixture.Batch(3, 2, closes: true));
        }

        return Path.Combine(folder, Ledger.FileName);
    }
}
