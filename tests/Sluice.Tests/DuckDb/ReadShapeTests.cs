using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class ReadShapeTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadShape_NestedColumns_CountsRowsAndNamesTheTopLevel()
    {
        string path = _folder["s.parquet"];
        duck.Parquet(
            path,
            "SELECT i, [{'from': 'a', 'value': MAP {'k': [1]}}] AS conversations, {'x': {'y': 1}} AS s, 'z' AS \"A\" FROM range(10000) t(i)",
            ", ROW_GROUP_SIZE 4096");
        ParquetShape shape = duck.Files.ReadShape(path);
        Assert.Equal(10000, shape.Rows);
        Assert.Equal([4096, 4096, 1808], shape.RowGroups);
        Assert.Equal(["i", "conversations", "s", "A"], shape.Columns);
    }

    [Fact]
    public void ReadShape_NoRows_HasColumnsAllTheSame()
    {
        duck.Parquet(_folder["none.parquet"], "SELECT 1 AS a WHERE false");
        ParquetShape shape = duck.Files.ReadShape(_folder["none.parquet"]);
        Assert.Equal(0, shape.Rows);
        Assert.Equal(0, shape.RowGroups.Sum());
        Assert.Equal(["a"], shape.Columns);
        Assert.Empty(duck.Rows(_folder["none.parquet"]));
    }
}
