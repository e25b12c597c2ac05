using Sluice.DuckDb;
using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class BrokenParquetTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cut", "No magic bytes")]
    [InlineData("magic", "No magic bytes")]
    [InlineData("empty", "too small")]
    [InlineData("text", "No magic bytes")]
    [InlineData("footer", "")]
    public void ReadShapeAndRows_BrokenFooter_NameFileAndFault(string fault, string expected)
    {
        byte[] sound = Sound();
        byte[] broken = fault switch
        {
            "cut" => sound[..^100],
            "magic" => [.. sound[..^4], .. "XXXX"u8],
            "empty" => [],
            "text" => [.. Enumerable.Repeat((byte)'{', 500)],
            _ => Flip(sound, sound.Length - 400, 200),
        };
        string path = _folder[fault + ".parquet"];
        File.WriteAllBytes(path, broken);
        foreach (Action read in new Action[] { () => duck.Files.ReadShape(path), () => duck.Rows(path), () => duck.Files.Read(path, null) })
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(read);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(20000, SoundRowsStillRead());
    }

    [Fact]
    public void ReadRows_NoFile_SaysSo() => Assert.Contains("nothing.parquet", Assert.Throws<FileNotFoundException>(() => duck.Rows(_folder["nothing.parquet"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void ReadRows_BrokenPage_GivesTheSoundRowsBeforeItWhateverTheThreads(int group)
    {
        byte[] sound = Sound();
        duck.Sql($"COPY (SELECT data_page_offset FROM parquet_metadata('{_folder["sound.parquet"]}') WHERE path_in_schema = 't' ORDER BY row_group_id) TO '{_folder["pages.csv"]}'");
        long[] pages = ((IntegerData)duck.Files.Read(_folder["pages.csv"], null)[0].Data).Values;
        File.WriteAllBytes(_folder["page.parquet"], Flip(sound, (int)pages[group], 64));
        HashSet<(int, string)> outcomes = [];
        for (int round = 0; round < 4; round++)
        {
            using DuckDbFiles files = new(new DuckDbOptions { Threads = 1 + (3 * (round % 2)) });
            int rows = 0;
            InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            {
                foreach (IReadOnlyList<ReadOnlyMemory<byte>> chunk in files.ReadRows(_folder["page.parquet"], 0, CancellationToken.None))
                {
                    Assert.StartsWith($$"""{"i":{{rows}},"t":""", System.Text.Encoding.UTF8.GetString(chunk[0].Span), StringComparison.Ordinal);
                    rows += chunk.Count;
                }
            });
            Assert.Contains("page.parquet", error.Message, StringComparison.Ordinal);
            Assert.Contains($"at row number {rows + 1} or soon after", error.Message, StringComparison.Ordinal);
            outcomes.Add((rows, error.Message));
        }

        Assert.Equal(group * 4096, Assert.Single(outcomes).Item1);
    }

    [Fact]
    public void ReadRows_BytesFlippedAnywhere_IsRowsOrAClearErrorAndTheNextFileReads()
    {
        byte[] sound = Sound();
        Random random = new(40);
        int failed = 0;
        for (int round = 0; round < 25; round++)
        {
            File.WriteAllBytes(_folder["flip.parquet"], Flip(sound, random.Next(sound.Length - 16), 1 + random.Next(16)));
            try
            {
                duck.Rows(_folder["flip.parquet"]);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or InsufficientMemoryException)
            {
                Assert.Contains("flip.parquet", error.Message, StringComparison.Ordinal);
                failed++;
            }
        }

        Assert.InRange(failed, 3, 25);
        Assert.Equal(20000, SoundRowsStillRead());
    }

    private int SoundRowsStillRead() => duck.Rows(_folder["sound.parquet"]).Count;

    private byte[] Sound()
    {
        duck.Parquet(_folder["sound.parquet"], "SELECT i, md5(i::VARCHAR) || md5((i * 7)::VARCHAR) AS t FROM range(20000) t(i) ORDER BY i", ", ROW_GROUP_SIZE 4096");
        return File.ReadAllBytes(_folder["sound.parquet"]);
    }

    private static byte[] Flip(byte[] bytes, int start, int count)
    {
        byte[] broken = [.. bytes];
        for (int i = start; i < Math.Min(start + count, broken.Length); i++)
        {
            broken[i] ^= 0x55;
        }

        return broken;
    }
}
