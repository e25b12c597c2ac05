using System.Text;
using System.Text.Json;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Sources.JsonArrays;

namespace Sluice.Tests.Sources;

public sealed class JsonArraySourceTests
{
    private static readonly JsonArraySource s_source = new(new SourceLimits(), new PrefixedDecoder());

    public static TheoryData<string, string[]> Texts => new()
    {
        { "", [] },
        { " \n", [] },
        { "[]", [] },
        { "\uFEFF [ ] \n", [] },
        { "[{\"a\":1},{\"a\":2}]", ["1@1 {\"a\":1} ", "2@9 {\"a\":2} "] },
        { "\uFEFF[ {\"a\": [1, 2]} , {\"a\":{}}]\n", ["1@5 {\"a\": [1, 2]} ", "2@21 {\"a\":{}} "] },
        { "[\n  {\n    \"a\": \"x y\\n\",\r\n\t\"b\": [ true , null ]\n  },\n 12, \"s\", null\n]", ["1@4 {\"a\":\"x y\\n\",\"b\":[true,null]} ", "2@53 12 ", "3@57 \"s\" ", "4@62 null "] },
        { "[{\"a\":\"}],[{\\\"\"}]", ["1@1 {\"a\":\"}],[{\\\"\"} "] },
        { "[{\"a\":\"\\\\\"},{\"b\":\"\\\\\\\"\"}]", ["1@1 {\"a\":\"\\\\\"} ", "2@12 {\"b\":\"\\\\\\\"\"} "] },

        // Commas and brackets do not count.
        { "[{\"a\":1}{\"a\":2},,{\"a\":3}]", ["1@1 {\"a\":1} ", "2@8 {\"a\":2} ", "3@17 {\"a\":3} "] },
        { "[[{\"a\":1}],[{\"a\":2}]]", ["1@2 {\"a\":1} ", "2@12 {\"a\":2} "] },
        { "[{\"a\":1}]\n[{\"a\":2}]\n", ["1@1 {\"a\":1} ", "2@11 {\"a\":2} "] },
    };

    public static TheoryData<string, string[]> Broken => new()
    {
        // A comma that promises another element.
        { "[{\"a\":1},]", ["{\"a\":1}", "!,"] },
        { "[{\"a\":1},{\"a\":2}\n,\n]\n", ["{\"a\":1}", "{\"a\":2}", "!,"] },

        // Cut in the middle, at an element's end, and right after the bracket.
        { "[{\"a\":1},{\"a\":", ["{\"a\":1}", "!{\"a\":"] },
        { "[{\"a\":1},{\"a\":\"x", ["{\"a\":1}", "!{\"a\":\"x"] },
        { "[{\"a\":1},", ["{\"a\":1}", "!"] },
        { "[", ["!"] },
        { "[{\"a\":1},12", ["{\"a\":1}", "12", "!"] },

        // A quote is missing; a brace is missing; a brace too many; a bracket of the wrong kind.
        { "[{\"a\":\"x},{\"a\":\"y\"},{\"a\":\"z\"}]", ["!{\"a\":\"x},", "{\"a\":\"y\"}", "{\"a\":\"z\"}"] },
        { "[\n{\"a\":\"x},\n{\"a\":\"y\"}\n]", ["!{\"a\":\"x},\n", "{\"a\":\"y\"}"] },
        { "[\n{\"a\":\"x\",\n{\"a\":\"y\"}\n]", ["!{\"a\":\"x\",\n", "{\"a\":\"y\"}"] },
        { "[{\"a\":\"x\",{\"a\":\"y\"}]", ["!{\"a\":\"x\",", "{\"a\":\"y\"}"] },
        { "[{\"a\":1}},{\"a\":2}]", ["{\"a\":1}", "!},", "{\"a\":2}"] },
        { "[{\"a\":[1},{\"a\":2}]", ["!{\"a\":[1},", "{\"a\":2}"] },
        { "[{\"a\" 1},{\"a\":2}]", ["!{\"a\" 1},", "{\"a\":2}"] },
        { "[{a:1},{\"a\":2},{\"a\":3}]", ["!{a:1},", "{\"a\":2}", "{\"a\":3}"] },

        // Objects nested in the broken element are no rows, though they follow a comma.
        { "[{\"c\":[{\"f\":1} {\"f\":2},{\"f\":3}]},{\"c\":[]}]", ["!{\"c\":[{\"f\":1} {\"f\":2},{\"f\":3}]},", "{\"c\":[]}"] },

        // Another first name, but the same column.
        { "[\n  {\"a\":1 2,\n    \"k\": [\n      {\"x\":1}]},\n  {\"b\":2}\n]", ["!{\"a\":1 2,\n    \"k\": [\n      {\"x\":1}]},\n  ", "{\"b\":2}"] },

        // The bracket that ends the array is missing, or comes too early.
        { "[{\"a\":1}],{\"a\":2}]", ["{\"a\":1}", "{\"a\":2}"] },
        { "{\"a\":1},{\"a\":2}]", ["{\"a\":1}", "{\"a\":2}"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task ReadAsync_Array_GivesElementsOnOneLine(string text, string[] expected)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await File.WriteAllBytesAsync(folder["a.json"], bytes);

        List<RawRow> rows = await SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a.json"], SourceFormat.JsonArray));

        Assert.Equal(expected, rows.Select(SourceFixture.Show));
        AssertSameInEverySplit(bytes, 1 << 20);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Push_BrokenArray_SavesEveryOtherElement(string text, string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        List<RawChunk> chunks = Frame(bytes, bytes.Length, 1 << 20);

        Assert.Equal(expected, chunks.SelectMany(chunk => chunk.Rows).Select(row => (row.Fault is null ? "" : "!") + row.Text()));
        AssertSameInEverySplit(bytes, 1 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Push_RandomArray_GivesWhatAParserGives(int seed)
    {
        Random random = new(seed);
        for (int trial = 0; trial < 60; trial++)
        {
            string text = RandomArray(random);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            using JsonDocument document = JsonDocument.Parse(bytes);

            List<RawRow> rows = [.. Frame(bytes, bytes.Length, 1 << 20).SelectMany(chunk => chunk.Rows)];

            Assert.Equal(document.RootElement.EnumerateArray().Select(Canonical), rows.Select(row => Canonical(JsonDocument.Parse(row.Bytes).RootElement)));
            Assert.All(rows, row => Assert.DoesNotContain('\n', row.Text()));
            AssertSameInEverySplit(bytes, 1 << 20);
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Push_DamagedArray_LosesFewRowsAndDependsOnTheFileAlone(int seed)
    {
        Random random = new(seed);
        for (int trial = 0; trial < 250; trial++)
        {
            bool isPretty = random.Next(2) == 0;
            string[] elements = [.. Enumerable.Range(0, 12).Select(i => Element(random, i, isPretty))];
            List<byte> bytes = [.. Encoding.UTF8.GetBytes("[" + string.Join(isPretty ? ",\n  " : ",", elements) + "]")];
            int place = random.Next(1, bytes.Count - 1);
            byte damage = "{}[]\",:\\\nx"u8[random.Next(10)];
            switch (random.Next(3))
            {
                case 0:
                    bytes.RemoveAt(place);
                    break;
                case 1:
                    bytes.Insert(place, damage);
                    break;
                default:
                    bytes[place] = damage;
                    break;
            }

            byte[] damaged = [.. bytes];
            AssertSameInEverySplit(damaged, 1 << 20, step: 1 + random.Next(200, 400));
            HashSet<string> saved = [.. Frame(damaged, damaged.Length, 1 << 20).SelectMany(chunk => chunk.Rows).Where(row => row.Fault is null).Select(SourceFixture.Text)];
            int lost = elements.Count(element => !saved.Contains(Minified(element)));
            Assert.True(lost <= 2, $"seed {seed}, trial {trial}: lost {lost} of 12 in {Encoding.UTF8.GetString(damaged)}");
        }
    }

    [Fact]
    public void Push_ElementOverTheLimit_IsOneFaultAndTheNextIsFound()
    {
        string text = "[{\"a\":\"" + new string('x', 9000) + "\"},{\"a\":2},\n{\"a\":[" + new string('[', 5000) + "},\n{\"a\":4}]";
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        List<RawRow> rows = [.. Frame(bytes, 1000, 6000).SelectMany(chunk => chunk.Rows)];

        Assert.Equal(["{\"a\":2}", "{\"a\":4}"], rows.Where(row => row.Fault is null).Select(SourceFixture.Text));
        Assert.Equal(4096, rows[0].Bytes.Length);
        Assert.StartsWith("Found a row of 9,0", rows[0].Fault, StringComparison.Ordinal);
        Assert.Equal(4, rows.Count);
        AssertSameInEverySplit(bytes, 6000, step: 1997);
    }

    [Fact]
    public void Push_DeepNestingNeverClosed_EndsInGoodTime()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("{\"a\":[", 50_000)) + "x");

        List<RawRow> rows = [.. Frame(bytes, 65536, 16 << 20).SelectMany(chunk => chunk.Rows)];

        Assert.All(rows, row => Assert.NotNull(row.Fault));
    }

    [Theory]
    [InlineData(Compression.GZip)]
    [InlineData(Compression.Zstandard)]
    public async Task ReadAsync_ArchiveCutShort_GivesTheElementsBeforeAndOneFault(Compression compression)
    {
        using TemporaryFolder folder = new();
        Random random = new(31);
        byte[] bytes = Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Range(0, 2000).Select(i => $"{{\"i\":{i},\"t\":\"{random.NextInt64()}\"}}")) + "]");
        byte[] stored = compression == Compression.GZip ? SourceFixture.GZip(bytes)[..10000] : PrefixedDecoder.Encode(bytes[..20000], cut: true);
        await File.WriteAllBytesAsync(folder["a"], stored);

        List<RawRow> rows = await SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a"], SourceFormat.JsonArray, compression));

        Assert.All(rows.SkipLast(1), row => Assert.Null(row.Fault));
        Assert.Contains("cut short or damaged at byte", rows[^1].Fault, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => (int)row.Origin.Number));
        Assert.True(rows.Count > 400);
    }

    [SharedFact("data/malformed/alpaca_data-9407-12345-zh-unfinished.json")]
    public async Task ReadAsync_PublishedBrokenArray_LosesNoRow()
    {
        string path = Repository.Shared("data/malformed/alpaca_data-9407-12345-zh-unfinished.json");

        List<RawRow> rows = await SourceFixture.RowsAsync(s_source, SourceFixture.File(path, SourceFormat.JsonArray));

        // The file breaks only at its end, by a comma before the last bracket.
        int begun = (await File.ReadAllLinesAsync(path)).Count(line => line.Trim() == "{");
        Assert.Equal(begun + 1, rows.Count);
        Assert.All(rows.SkipLast(1), row => Assert.Null(row.Fault));
        Assert.Contains("right after a comma", rows[^1].Fault, StringComparison.Ordinal);
        Assert.All(rows.SkipLast(1), row => JsonDocument.Parse(row.Bytes).Dispose());
    }

    private static List<RawChunk> Frame(byte[] bytes, int part, int maxRowBytes, SourcePosition from = default, int rows = 3, byte[]? usual = null) =>
        SourceFixture.Frame(chunks => new ElementFramer(chunks, from, maxRowBytes, usual ?? ElementNames.Usual(bytes, maxRowBytes)), bytes.AsSpan((int)from.Offset), Math.Max(1, part), rows);

    // The same whatever the sizes of the parts, and from every chunk's end on.
    private static void AssertSameInEverySplit(byte[] bytes, int maxRowBytes, int step = 1)
    {
        byte[] usual = ElementNames.Usual(bytes, maxRowBytes);
        List<RawChunk> whole = Frame(bytes, bytes.Length, maxRowBytes, usual: usual);
        for (int part = 1; part < bytes.Length; part += step)
        {
            Assert.Equal(whole.Select(Describe), Frame(bytes, part, maxRowBytes, usual: usual).Select(Describe));
        }

        for (int i = 0; i < whole.Count - 1; i++)
        {
            Assert.Equal(whole.Skip(i + 1).Select(Describe), Frame(bytes, bytes.Length, maxRowBytes, whole[i].Next, usual: usual).Select(Describe));
        }
    }

    private static string Describe(RawChunk chunk) => $"{chunk.Next} {chunk.End} {string.Join('|', chunk.Rows.Select(SourceFixture.Show))}";

    private static string Canonical(JsonElement element) => JsonSerializer.Serialize(element);

    private static string Minified(string element)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(element);
        return element.Contains('\n', StringComparison.Ordinal) ? Encoding.UTF8.GetString(bytes.AsSpan(0, JsonText.Minify(bytes))) : element;
    }

    private static string Element(Random random, int number, bool isPretty)
    {
        string text = $"t{number} {(random.Next(3) == 0 ? "a \\\"quoted\\\" },{ \\n" : "plain")}";
        string turns = string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{{\"from\": \"human\", \"value\": \"{text} {i}\"}}"));
        return isPretty ? $"{{\n    \"id\": {number},\n    \"conversations\": [{turns}]\n  }}" : $"{{\"id\": {number}, \"conversations\": [{turns}]}}";
    }

    private static string RandomArray(Random random)
    {
        StringBuilder text = new();
        text.Append(Space(random)).Append('[').Append(Space(random));
        int count = random.Next(6);
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(Space(random));
            AppendValue(text, random, 0, isArrayAllowed: false);
            text.Append(Space(random));
        }

        return text.Append(']').Append(Space(random)).ToString();
    }

    private static void AppendValue(StringBuilder text, Random random, int depth, bool isArrayAllowed)
    {
        int kind = random.Next(depth > 3 ? 3 : 6);
        switch (kind)
        {
            case 0:
                text.Append(new[] { "0", "-1.5e+3", "true", "false", "null", "12345" }[random.Next(6)]);
                break;
            case 1 or 2:
                text.Append('"').Append(RandomText(random)).Append('"');
                break;
            default:
                bool isObject = kind != 3 || !isArrayAllowed;
                text.Append(isObject ? '{' : '[').Append(Space(random));
                int count = random.Next(4);
                for (int i = 0; i < count; i++)
                {
                    text.Append(i > 0 ? "," : "").Append(Space(random));
                    if (isObject)
                    {
                        text.Append('"').Append(RandomText(random)).Append('"').Append(Space(random)).Append(':').Append(Space(random));
                    }

                    AppendValue(text, random, depth + 1, isArrayAllowed: true);
                    text.Append(Space(random));
                }

                text.Append(isObject ? '}' : ']');
                break;
        }
    }

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => new[] { "a", "\\\"", "\\\\", "{", "}", "[", "]", ",", ":", " ", "\\n", "é", "中", "\\u00e9", "/" }[random.Next(15)]));

    private static string Space(Random random) => new[] { "", "", " ", "\n", "\t", "\r\n  " }[random.Next(6)];
}
