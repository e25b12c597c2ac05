using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class ReadJoinedTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadJoined_ManyFiles_AreTheRowsOfEachInTheirOrder()
    {
        const int files = 40;
        List<(string Path, long Rows)> written = [];
        List<NamedColumn> one = [];
        Random random = new(1);
        for (int file = 0; file < files; file++)
        {
            // From one row to several of the library's chunks of 2048, and one of no rows.
            int rows = file == 7 ? 0 : random.Next(1, 5000);
            NamedColumn[] columns =
            [
                new("n", new IntegerData([.. Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? IntegerData.Missing : file * 100_000L + i)])),
                new("x", new NumberData([.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? double.NaN : i / 3.0)])),
                new("t", new TextData([.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? null : $"é {file} {i % 11}")])),
                new("l", new TextListData([.. Enumerable.Range(0, rows).Select(i => i % 4 == 0 ? null : Enumerable.Range(0, i % 4 - 1).Select(j => $"{file}.{j}").ToArray())])),
                new("v", new NumberListData([.. Enumerable.Range(0, rows).Select(i => i % 6 == 0 ? null : new double[] { i, file })])),
            ];

            // Backwards by name, so that the order asked for decides.
            string path = _folder[$"{files - file:D3}.parquet"];
            duck.Files.Write(path, columns);
            written.Add((path, rows));
            one.AddRange(columns);
        }

        string[] names = ["t", "n", "v", "x", "l"];
        IReadOnlyList<NamedColumn> joined = duck.Files.ReadJoined(written, names);
        Assert.Equal(names, joined.Select(c => c.Name));
        List<NamedColumn> alone = [.. written.SelectMany(file => duck.Files.Read(file.Path, names))];
        Assert.Equal(alone.Where(c => c.Name == "n").SelectMany(c => ((IntegerData)c.Data).Values), ((IntegerData)joined[1].Data).Values);
        Assert.Equal(alone.Where(c => c.Name == "x").SelectMany(c => ((NumberData)c.Data).Values), ((NumberData)joined[3].Data).Values);
        Assert.Equal(alone.Where(c => c.Name == "t").SelectMany(c => ((TextData)c.Data).Values), ((TextData)joined[0].Data).Values.AsEnumerable());
        Assert.Equal(alone.Where(c => c.Name == "l").SelectMany(c => ((TextListData)c.Data).Values), ((TextListData)joined[4].Data).Values.AsEnumerable());
        Assert.Equal(alone.Where(c => c.Name == "v").SelectMany(c => ((NumberListData)c.Data).Values), ((NumberListData)joined[2].Data).Values.AsEnumerable());
        Assert.Equal(one.Where(c => c.Name == "n").SelectMany(c => ((IntegerData)c.Data).Values), ((IntegerData)joined[1].Data).Values);
    }

    [Fact]
    public void ReadJoined_RowsThatOnlySumUp_NamesTheFile()
    {
        string first = Written("a", 3), second = Written("b", 5);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.ReadJoined([(first, 4), (second, 4)], ["n"]));
        Assert.Equal($"Found 3 rows in '{first}', expected 4.", error.Message);
    }

    [Fact]
    public void ReadJoined_DamagedFile_SaysWhatReadingItAloneSays()
    {
        string first = Written("a", 300), second = Written("b", 300);
        byte[] bytes = File.ReadAllBytes(second);

        // The first page's header, behind the magic number.
        bytes.AsSpan(4, 40).Fill(0xFF);
        File.WriteAllBytes(second, bytes);
        Exception alone = Assert.ThrowsAny<Exception>(() => duck.Files.Read(second, ["n"]));
        Exception joined = Assert.ThrowsAny<Exception>(() => duck.Files.ReadJoined([(first, 300), (second, 300)], ["n"]));
        Assert.Equal(alone.Message, joined.Message);
        Assert.Contains("b.parquet", joined.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJoined_NoFileOrColumn_Says()
    {
        string first = Written("a", 3);
        Assert.Throws<FileNotFoundException>(() => duck.Files.ReadJoined([(first, 3), (_folder["none.parquet"], 3)], ["n"]));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.ReadJoined([(first, 3)], ["m"]));
        Assert.Contains("has no column 'm'", error.Message, StringComparison.Ordinal);
    }

    private string Written(string name, int rows)
    {
        string path = _folder[name + ".parquet"];
        duck.Files.Write(path, [new NamedColumn("n", new IntegerData([.. Enumerable.Range(0, rows).Select(i => (long)i)]))]);
        return path;
    }
}
