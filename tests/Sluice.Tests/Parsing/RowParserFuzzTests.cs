using System.Text;
using System.Text.Json;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Parsing;

public sealed class RowParserFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_MutatedRows_NeverThrowsAndAgreesWithAJsonReader(int seed)
    {
        RowParser parser = new(new SourceLimits());
        SourceFile[] files = [.. RowShapes.All.Select(shape => new SourceFile(0, "/a", "a", SourceFormat.JsonLines, Compression.None, shape, "",
            new FieldMapping { System = "who.are.you", Instruction = "data.q", Input = "extra", Output = "answers.0.text" }))];
        SampleArena arena = new();
        Random random = new(seed);
        int sound = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] row = RowMutation.Next(random);
            SourceFile file = files[random.Next(3) == 0 ? random.Next(files.Length) : 0];

            ParseOutcome outcome = parser.Parse(new RawRow(default, row), file, arena);

            Assert.True(outcome.Sample is null != outcome.Reason is null);
            if (outcome.Sample is { } sample)
            {
                sound++;
                using JsonDocument document = JsonDocument.Parse(row);
                Assert.Contains(sample.Turns, turn => turn.Role == Role.User);
                Assert.Contains(sample.Turns, turn => turn.Role == Role.Assistant);
                if (file.Shape == RowShapes.Auto && DocumentOracle.Turns(document.RootElement) is { } expected)
                {
                    Assert.Equal(expected, DocumentOracle.Turns(sample));
                }
            }
            else
            {
                Assert.InRange(outcome.Reason!.Length, 10, 500);
                if (outcome.Reason.StartsWith("Found invalid JSON", StringComparison.Ordinal))
                {
                    Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(row));
                }
            }
        }

        Assert.True(sound > 300, $"seed {seed}: only {sound} sound rows, so the mutations test little");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Parse_TextsOfEveryKindAndLength_AreThoseOfTheDocument(int seed)
    {
        RowParser parser = new(new SourceLimits());
        SourceFile file = new(0, "/a", "a", SourceFormat.JsonLines, Compression.None, RowShapes.Auto, "", null);
        Random random = new(seed);
        for (int i = 0; i < 3000; i++)
        {
            using SampleArena arena = new();
            string[] texts = [.. Enumerable.Range(0, 4).Select(_ => Text(random, i % 100 == 0 ? 12_000 : i % 9 == 0 ? 1200 : i % 200))];
            byte[] row = Encoding.UTF8.GetBytes((i % 4) switch
            {
                0 => $$"""{"instruction":"a{{texts[0]}}","input":"{{texts[1]}}","output":"{{texts[2]}}","system":"{{texts[3]}}"}""",
                1 => $$"""{"instruction":"a{{texts[0]}}","id":"{{texts[3]}}","output":"{{texts[2]}}","input":"{{texts[1]}}"}""",
                2 => $$"""{"system":"{{texts[3]}}","conversations":[{"from":"human","value":"a{{texts[0]}}"},{"value":"{{texts[1]}}","from":"gpt"}]}""",
                _ => $$"""{"messages":[{"role":"user","content":"a{{texts[0]}}"},{"role":"assistant","content":"{{texts[1]}}","n":1.5}],"id":"{{texts[2]}}"}""",
            });

            Sample sample = parser.Parse(new RawRow(default, row), file, arena).Sample!;

            using JsonDocument document = JsonDocument.Parse(row);
            Assert.Equal(DocumentOracle.Turns(document.RootElement), DocumentOracle.Turns(sample));
        }
    }

    private static string Text(Random random, int length)
    {
        StringBuilder text = new();
        string[] pieces = random.Next(3) switch
        {
            0 => ["plain words, one behind the other ", "x", "and a longer run of plain words without any escape in it at all, so that whole vectors are "],
            1 => ["\\n", "\\\"", "\\\\", "word ", "\\u00e9", "\\ud83d\\ude00", "\\/", "x", "a few words "],
            _ => ["中", "文字，", "é", "😀", "1", "28", "一二三四五六七八九十", "\\n", "word ", "\uFFFD"],
        };
        while (text.Length < length)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        return text.ToString();
    }
}
