using System.Text;
using System.Text.Json;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Parsing;

public sealed class RowParserFuzzTests
{
    private static readonly string[] s_seeds =
    [
        """{"id":"a-1","instruction":"Add \"these\" é","input":"1 + 1\n2","output":"4 \u4e2d\ud83d\ude00","meta":{"n":[1,2.5e3,null,true]}}""",
        """{"instruction":"Who?","context":"Bo did.","response":"Bo","category":"closed_qa"}""",
        """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a\\"}],"system":"s","tools":"[]"}""",
        """{"messages":[{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}]}""",
        """{"prompt":"q","completion":"a","n":[[[]]]}""",
        """{"data":{"q":"a"},"answers":[{"text":"b"}],"who":{"are":{"you":"s"}},"extra":"x"}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_MutatedRows_NeverThrowsAndAgreesWithAJsonReader(int seed)
    {
        RowParser parser = new(new SourceLimits());
        SourceFile[] files = [.. RowShapes.All.Select(shape => new SourceFile(0, "/a", "a", SourceFormat.JsonLines, Compression.None, shape, "",
            new FieldMapping { System = "who.are.you", Instruction = "data.q", Input = "extra", Output = "answers.0.text" }))];
        byte[][] seeds = [.. s_seeds.Select(Encoding.UTF8.GetBytes)];
        TextArena arena = new();
        Random random = new(seed);
        int sound = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] row = Mutate(seeds[random.Next(seeds.Length)], random);
            SourceFile file = files[random.Next(3) == 0 ? random.Next(files.Length) : 0];

            ParseOutcome outcome = parser.Parse(new RawRow(default, row), file, arena);

            Assert.True(outcome.Sample is null != outcome.Reason is null);
            if (outcome.Sample is { } sample)
            {
                sound++;
                using JsonDocument document = JsonDocument.Parse(row);
                Assert.Contains(sample.Turns, turn => turn.Role == Role.User);
                Assert.Contains(sample.Turns, turn => turn.Role == Role.Assistant);
                if (file.Shape == RowShapes.Alpaca && document.RootElement.GetProperty("instruction").ValueKind == JsonValueKind.String)
                {
                    Assert.Equal(document.RootElement.GetProperty("instruction").GetString(), sample.Instruction.ToString());
                    Assert.Equal(document.RootElement.GetProperty("output").GetString(), sample.Turns[^1].Text.ToString());
                }
            }
            else
            {
                Assert.InRange(outcome.Reason!.Length, 10, 500);
            }
        }

        Assert.True(sound > 300, $"seed {seed}: only {sound} sound rows, so the mutations test little");
    }

    private static byte[] Mutate(byte[] from, Random random)
    {
        List<byte> row = [.. from];
        ReadOnlySpan<byte> telling = "{}[]\",:\\u0x \n\0é\xFFn1-"u8;
        for (int edits = random.Next(4); edits > 0 && row.Count > 1; edits--)
        {
            int place = random.Next(row.Count);
            switch (random.Next(5))
            {
                case 0:
                    row.RemoveAt(place);
                    break;
                case 1:
                    row[place] = telling[random.Next(telling.Length)];
                    break;
                case 2:
                    row.Insert(place, telling[random.Next(telling.Length)]);
                    break;
                case 3:
                    row[place] = (byte)random.Next(256);
                    break;
                default:
                    int length = random.Next(1, Math.Min(20, row.Count - place + 1));
                    row.InsertRange(random.Next(row.Count), row.GetRange(place, Math.Min(length, row.Count - place)));
                    break;
            }
        }

        return [.. row];
    }
}
