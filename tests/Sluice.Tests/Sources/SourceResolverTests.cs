using System.Text;
using Sluice.Sources;

namespace Sluice.Tests.Sources;

public sealed class SourceResolverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resolve_Folder_TakesKnownEndingsRecursivelyInOrdinalOrder()
    {
        Write("d/b.jsonl", "{}");
        Write("d/B.jsonl", "{}");
        Write("d/a/z.ndjson", "{}");
        Write("d/a-b.json", "[]");
        Write("d/notes.txt", "x");
        Write("d/.hidden/e.parquet", "PAR1");
        Write("d/c.jsonl.gz", SourceFixture.GZip("{}"u8.ToArray()));
        Write("d/c.json.zst", PrefixedDecoder.Encode(" [{}]"u8.ToArray()));

        SourcePlan plan = Resolve(new SourceSpec { Path = "d", Label = "mine" });

        Assert.Empty(plan.Errors);
        Assert.Equal([".hidden/e.parquet", "B.jsonl", "a-b.json", "a/z.ndjson", "b.jsonl", "c.json.zst", "c.jsonl.gz"], plan.Files.Select(file => file.Name));
        Assert.Equal(Enumerable.Range(0, 7), plan.Files.Select(file => file.Index));
        Assert.Equal(
            [SourceFormat.Parquet, SourceFormat.JsonLines, SourceFormat.JsonArray, SourceFormat.JsonLines, SourceFormat.JsonLines, SourceFormat.JsonArray, SourceFormat.JsonLines],
            plan.Files.Select(file => file.Format));
        Assert.Equal([Compression.None, Compression.None, Compression.None, Compression.None, Compression.None, Compression.Zstandard, Compression.GZip], plan.Files.Select(file => file.Compression));
        Assert.All(plan.Files, file => Assert.Equal(("auto", "mine", _folder[$"d/{file.Name}"]), (file.Shape, file.Label, file.Path)));
    }

    [Theory]
    [InlineData("d/*.jsonl", "a.jsonl b.jsonl")]
    [InlineData("d/?.jsonl", "a.jsonl b.jsonl")]
    [InlineData("d/**/*.jsonl", "a.jsonl b.jsonl s/c.jsonl s/t/d.jsonl")]
    [InlineData("d/**", "a.jsonl b.jsonl s/c.jsonl s/t/d.jsonl")]
    [InlineData("d/*/*.jsonl", "s/c.jsonl")]
    [InlineData("d/s/**/d*", "t/d.jsonl")]
    [InlineData("**/c.jsonl", "d/s/c.jsonl")]
    [InlineData("./d/../d/a.*", "a.jsonl")]
    [InlineData("d/**/s/**/*", "s/c.jsonl s/t/d.jsonl")]
    public void Resolve_Glob_TakesWhatMatches(string path, string expected)
    {
        foreach (string name in new[] { "d/a.jsonl", "d/b.jsonl", "d/s/c.jsonl", "d/s/t/d.jsonl", "other/aa.jsonl" })
        {
            Write(name, "{}");
        }

        SourcePlan plan = Resolve(new SourceSpec { Path = path });

        Assert.Empty(plan.Errors);
        Assert.Equal(expected.Split(' '), plan.Files.Select(file => file.Name));
    }

    [Theory]
    [InlineData("a.json", "\uFEFF \n [{}]", SourceFormat.JsonArray)]
    [InlineData("a.json", "{\"a\":1}\n{\"a\":2}", SourceFormat.JsonLines)]
    [InlineData("a.json", "", SourceFormat.JsonLines)]
    [InlineData("a.jsonl", "[\n{}\n]", SourceFormat.JsonArray)]
    [InlineData("a.jsonl", "[1,2]\n{}", SourceFormat.JsonLines)]
    [InlineData("a.jsonl", "garbage", SourceFormat.JsonLines)]
    public void Resolve_Content_DecidesTheFormat(string name, string content, SourceFormat expected)
    {
        Write(name, content);

        Assert.Equal(expected, Assert.Single(Resolve(new SourceSpec { Path = name }).Files).Format);
    }

    [Fact]
    public void Resolve_ContentThatLeavesNoDoubt_OverrulesTheEnding()
    {
        Write("plain.jsonl.gz", "{}");
        Write("zipped.jsonl", SourceFixture.GZip("{}"u8.ToArray()));
        Write("empty.parquet", "");

        SourcePlan plan = Resolve(new SourceSpec { Path = "." });

        Assert.Empty(plan.Errors);
        Assert.Equal([("empty.parquet", SourceFormat.JsonLines, Compression.None), ("plain.jsonl.gz", SourceFormat.JsonLines, Compression.None), ("zipped.jsonl", SourceFormat.JsonLines, Compression.GZip)],
            plan.Files.Select(file => (file.Name, file.Format, file.Compression)));
    }

    [Fact]
    public void Resolve_StatedFormatAndMapping_AreUsed()
    {
        Write("rows.txt", "{}");
        FieldMapping mapping = new() { Instruction = "q", Output = "a" };

        SourceFile file = Assert.Single(Resolve(new SourceSpec { Path = "rows.txt", Format = "JSONL", Mapping = mapping }).Files);

        Assert.Equal((SourceFormat.JsonLines, "mapping", mapping), (file.Format, file.Shape, file.Mapping));
    }

    [Fact]
    public void Resolve_ManyMistakes_NamesEveryOneWithItsKey()
    {
        Write("alpaca.jsonl", "{}");
        Write("d/a.txt", "x");
        Write("broken.jsonl.gz", "\u0001\u0002\u0003\u0004");
        Write("p.parquet", "nope");
        Write("q.jsonl", "PAR1....");
        Write("utf16.jsonl", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")]);
        Write("one.json", "{\n \"data\": []\n}");
        Write("lines.json", "{\"a\":1}");

        SourcePlan plan = Resolve(
            new SourceSpec { Path = "alpcaa.jsonl" },
            new SourceSpec { Path = "d" },
            new SourceSpec { Path = "d/a.txt" },
            new SourceSpec { Path = "d/*.jsonl" },
            new SourceSpec { Path = "nowhere/x.jsonl", Format = "jsnl", Shape = "alpacca" },
            new SourceSpec(),
            new SourceSpec { Path = "broken.jsonl.gz", Shape = "mapping" },
            new SourceSpec { Path = "p.parquet", Mapping = new FieldMapping { Output = "x" } },
            new SourceSpec { Path = "q.jsonl", Shape = "alpaca", Mapping = new FieldMapping() },
            new SourceSpec { Path = "utf16.jsonl" },
            new SourceSpec { Path = "one.json" },
            new SourceSpec { Path = "lines.json", Format = "json" });

        string[] expected =
        [
            "Sources:0:Path: Found nothing at '*', expected a file, a folder or a glob. Did you mean 'alpaca.jsonl'?",
            "Sources:1:Path: Found 1 files, such as 'a.txt', but none with a known ending for 'd' below '*', expected names that end in .jsonl, .ndjson, .json (each also with .gz or .zst) and .parquet.",
            "Sources:2:Path: Found 'a.txt', expected a name that ends in .jsonl, .ndjson, .json (each also with .gz or .zst) and .parquet. Rename it, or state Format.",
            "Sources:3:Path: Found no file for 'd/*.jsonl' below '*",
            "Sources:4:Format: Found 'jsnl', expected one of jsonl, json, parquet. Did you mean 'jsonl'?",
            "Sources:4:Shape: Found 'alpacca', expected one of auto, alpaca, dolly, sharegpt, messages, prompt, mapping. Did you mean 'alpaca'?",
            "Sources:4:Path: Found nothing at '*', expected a file, a folder or a glob. There is no folder '*",
            "Sources:5:Path: Found nothing, expected a file, a folder or a glob.",
            "Sources:6:Mapping: Found none, expected one as Shape 'mapping' says*",
            "Sources:6:Path: '*broken.jsonl.gz': Found a file that begins with 01020304, expected GZip data as its ending says.*",
            "Sources:7:Mapping:Instruction: Found nothing, expected the name of a field*",
            "Sources:7:Path: '*p.parquet': Found a file that begins with 6E6F7065, expected PAR1 as every Parquet file does.",
            "Sources:8:Shape: Found 'alpaca' beside a Mapping, expected 'mapping' or no Shape.",
            "Sources:8:Path: '*q.jsonl': Found a Parquet file (it begins with PAR1), expected JSON*",
            "Sources:9:Path: '*utf16.jsonl': Found UTF-16 text, expected UTF-8.*",
            "Sources:10:Path: '*one.json': Found one JSON object over several lines, expected an array of objects or one object a line.*",
            "Sources:11:Path: '*lines.json': Found text that begins with '{', expected '[' as Format \"json\" says.*",
        ];
        Assert.Equal(expected.Length, plan.Errors.Count);
        foreach ((string wanted, SourceError found) in expected.Zip(plan.Errors))
        {
            int at = 0;
            foreach (string part in wanted.Split('*'))
            {
                int next = found.ToString().IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(next >= at, $"wanted {wanted}\nfound  {found}");
                at = next + part.Length;
            }
        }
    }

    [Fact]
    public void Resolve_FileNamedTwice_NamesBothSources()
    {
        Write("d/a.jsonl", "{}");

        SourceError error = Assert.Single(Resolve(new SourceSpec { Path = "d" }, new SourceSpec { Path = "d/*" }).Errors);

        Assert.Equal("Sources:1:Path", error.Key);
        Assert.Contains("Sources:0:Path ('d') names it too", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_SameNameInTwoSources_GivesDistinctNames()
    {
        Write("x/a.jsonl", "{}");
        Write("y/a.jsonl", "{}");
        Write("y/b.jsonl", "{}");

        Assert.Equal(["x/a.jsonl", "y/a.jsonl", "b.jsonl"], Resolve(new SourceSpec { Path = "x" }, new SourceSpec { Path = "y" }).Files.Select(file => file.Name));
    }

    [Fact]
    public void Resolve_TooManyFiles_IsOneError()
    {
        for (int i = 0; i < 12; i++)
        {
            Write($"d/{i}.jsonl", "{}");
        }

        SourcePlan plan = new SourceResolver(new SourceLimits { MaxFiles = 10 }, new PrefixedDecoder()).Resolve([new SourceSpec { Path = "d" }], _folder.Path);

        Assert.Equal("Sources: Found more than 10 files, expected at most that many (Sources:MaxFiles). Raise the limit, or put the rows into fewer files.", Assert.Single(plan.Errors).ToString());
    }

    [Fact]
    public void Resolve_NoSource_IsAnError() => Assert.Equal("Sources", Assert.Single(Resolve().Errors).Key);

    [Fact]
    public void Resolve_LinkThatGoesRound_IsFollowedOnce()
    {
        Write("d/s/a.jsonl", "{}");
        Directory.CreateSymbolicLink(_folder["d/s/back"], _folder["d"]);
        Directory.CreateSymbolicLink(_folder["linked"], _folder["d"]);

        Assert.Equal(["s/a.jsonl"], Resolve(new SourceSpec { Path = "d" }).Files.Select(file => file.Name));
        Assert.Equal(["s/a.jsonl"], Resolve(new SourceSpec { Path = "linked" }).Files.Select(file => file.Name));
    }

    private SourcePlan Resolve(params SourceSpec[] specs) => new SourceResolver(new SourceLimits(), new PrefixedDecoder()).Resolve(specs, _folder.Path);

    private void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], content);
    }
}
