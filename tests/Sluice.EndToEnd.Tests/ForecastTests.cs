using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The verb <c>forecast</c>, as a user's shell runs it.</summary>
public sealed class ForecastTests
{
    private const string Pipeline = """{ "Name": "p", "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 300 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 20 } ] }""";

    [Fact]
    public void Forecast_Demo_PrintsTheTableAndKeepsNothing()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline);

        string text = cli.Run("forecast", "p.json", "--price", "2").Expect(0).Output;

        foreach (string line in (string[])["estimate", "rows", "rejected", "duplicates", "candidates", "selected", "tokens quality", "annotate", "select", "time", "price", "memory", "pool", "scratch", "outputs", "The bottleneck is"])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.Equal(["p.json"], Directory.GetFileSystemEntries(cli.Folder).Select(Path.GetFileName));
        Assert.Equal("", cli.Run("forecast", "p.json", "--quiet").Expect(0).Output);
    }

    [Fact]
    public void Forecast_Json_IsOneObjectALineAndHoldsWhatTheRunFinds()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline);

        JsonNode[] lines = [.. cli.Run("forecast", "p.json", "--json").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
        cli.Run("run", "p.json", "--out", "o").Expect(0);

        JsonNode rows = lines.Single(l => (string)l["what"]! == "rows");
        Assert.Equal((double)cli.Json("o/run.json")["rows"]!["read"]!, (double)rows["estimate"]!);
        Assert.Equal("rows", (string)rows["unit"]!);
        Assert.All(lines.SkipLast(1), l => Assert.True((double)l["from"]! <= (double)l["estimate"]! && (double)l["estimate"]! <= (double)l["to"]!));
        Assert.Equal("sample", (string)lines[^1]["what"]!);
        Assert.True((bool)lines[^1]["whole"]!);
        Assert.NotEmpty(lines[^1]["notes"]!.AsArray());
    }

    [Theory]
    [InlineData(2, "--sample: Found 0, expected 1 or more", "--sample", "0")]
    [InlineData(2, "--seconds: Found 0, expected more than 0", "--seconds", "0")]
    [InlineData(2, "--price: Found -1, expected 0 or more", "--price", "-1")]
    [InlineData(2, "Flow:BatchRows: Found 0", "--set", "Flow:BatchRows=0")]
    [InlineData(1, "holds no row", "--set", "Sources:0:Path=empty.jsonl", "--set", "Sources:0:Demo:Rows=1")]
    [InlineData(2, "Found 300000 demo rows that are not made yet", "--set", "Sources:0:Demo:Rows=300000")]
    public void Forecast_Mistake_SaysWhich(int code, string expected, params string[] arguments)
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline);
        cli.Write("empty.jsonl", "\n");

        CliResult result = cli.Run(["forecast", "p.json", .. arguments]).Expect(code);

        Assert.Contains(expected, result.Error.Replace(",000", "000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["empty.jsonl", "p.json"], Directory.GetFileSystemEntries(cli.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Forecast_MissingFile_IsAMistakeOfItsKey()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "nowhere.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 5 } ] }""");

        Assert.Contains("Sources:0:Path: Found nothing at", cli.Run("forecast", "p.json").Expect(2).Error, StringComparison.Ordinal);
    }
}
