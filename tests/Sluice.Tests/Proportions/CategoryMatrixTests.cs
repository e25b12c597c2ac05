using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class CategoryMatrixTests
{
    [Fact]
    public void Parse_RowsAndColumnsInAnyOrder_AlignsByName()
    {
        CategoryMatrix matrix = Parse("x,b,a\na,0.2,1\nb,1,0.3\n");
        Assert.Equal(["a", "b"], matrix.Categories);
        Assert.Equal(0.2, matrix["a", "b"]);
        Assert.Equal(0.3, matrix["b", "a"]);
        Assert.Equal(0.3, matrix.Transposed()["a", "b"]);
    }

    [Fact]
    public void Parse_HeaderNamesOnly_RowsFollowTheHeader()
    {
        CategoryMatrix matrix = Parse("b,a\n1,0.2\n0.3,1\n");
        Assert.Equal(0.2, matrix["b", "a"]);
        Assert.Equal(0.3, matrix["a", "b"]);
    }

    [Fact]
    public void Parse_QuotedNames_MayHoldCommas()
    {
        CategoryMatrix matrix = Parse("# measured in May\n,\"Humanities, History\",\"the \"\"b\"\"\"\n\"Humanities, History\",1,2\n\n\"the \"\"b\"\"\",3,1\n");
        Assert.Equal(2, matrix["Humanities, History", "the \"b\""]);
    }

    [Theory]
    [InlineData("x,a,b\na,1,zwei\nb,1,1\n", "line 2, column 'b': found 'zwei'")]
    [InlineData("x,a,b\na,1,NaN\nb,1,1\n", "line 2, column 'b': found 'NaN'")]
    [InlineData("x,a,b\na,1\nb,1,1\n", "line 2: found 2 fields, expected 3")]
    [InlineData("x,a,a\na,1,1\na,1,1\n", "found the column 'a' 2 times")]
    [InlineData("x,a,b\na,1,1\nc,1,1\n", "without a column: 'c'; without a row: 'b'")]
    [InlineData("x,a,\na,1,1\nb,1,1\n", "column 2 has no name")]
    [InlineData("x,\"a,b\na,1,1\n", "line 1: a quote is opened")]
    [InlineData("", "is empty")]
    [InlineData("x,a\n", "found no category, expected at least one row")]
    public void Parse_Mistake_SaysFilePlaceFoundAndExpected(string text, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => Parse(text)).Message;
        Assert.Contains("gamma.csv", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Align_UnknownCategory_ListsThemAllOrTakesThemAsIndependent()
    {
        CategoryMatrix matrix = Parse("x,a,b\na,1,0.5\nb,0.25,1\n");
        string message = Assert.Throws<InvalidDataException>(() => matrix.Align(["b", "c", "a", "d"], UnknownCategory.Refuse)).Message;
        Assert.Contains("2 of the rows' categories: 'c', 'd'", message, StringComparison.Ordinal);
        Assert.Equal([1, 0, 0.25, 0, 1, 0, 0.5, 0, 1], matrix.Align(["b", "c", "a"], UnknownCategory.Independent).Cast<double>());
        Assert.Equal(["a", "b", "c", "d"], matrix.Union(["d", "c", "b", "d"]));
    }

    [Fact]
    public void Importance_File_ReadsByColumnName()
    {
        IReadOnlyDictionary<string, double> importance = Importance("alpha,category\n0.25,a\n0.5,\"b, c\"\n");
        Assert.Equal(0.25, importance["a"]);
        Assert.Equal(0.5, importance["b, c"]);
    }

    [Theory]
    [InlineData("category,weight\na,1\n", "expected 'category' and 'alpha'")]
    [InlineData("category,alpha\na,-1\n", "line 2: found alpha -1")]
    [InlineData("category,alpha\na,1\na,2\n", "line 3: found the category 'a' again")]
    [InlineData("category,alpha\na,0\n", "add up to 0")]
    [InlineData("category,alpha\na,x\n", "line 2, column 'alpha': found 'x'")]
    [InlineData("category,alpha\na\n", "line 2: found 1 fields")]
    public void Importance_Mistake_SaysFilePlaceFoundAndExpected(string text, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => Importance(text)).Message;
        Assert.Contains("gamma.csv", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static CategoryMatrix Parse(string text)
    {
        using StringReader reader = new(text);
        return CategoryMatrixFile.Parse(CsvTable.Read(reader, "gamma.csv"));
    }

    private static IReadOnlyDictionary<string, double> Importance(string text)
    {
        using StringReader reader = new(text);
        return ImportanceFile.Parse(CsvTable.Read(reader, "gamma.csv"));
    }
}
