using System.Text;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Parsing;

public sealed class RowParserTests
{
    private static readonly RowParser s_parser = new(new SourceLimits { MaxTurns = 5, MaxDepth = 8 });

    public static TheoryData<string, string, string> Sound => new()
    {
        // Alpaca
        { "auto", """{"instruction":"Add","input":"1+1","output":"2"}""", "Add§user:Add\n1+1§assistant:2" },
        { "alpaca", """{"instruction":"Add","input":"","output":""}""", "Add§user:Add§assistant:" },
        { "auto", """{"output":"2","id":[{"instruction":3}],"instruction":"Add"}""", "Add§user:Add§assistant:2" },
        { "auto", """{"instruction":"Add","input":null,"output":"2","system":"Be brief."}""", "Add§system:Be brief.§user:Add§assistant:2" },
        { "auto", """{ "instruction" : "A\n\"\\\/\b\f\r\tB\u00e9\u4E2d\ud83d\ude00 é中😀", "input":"\\n", "output":"x" }""", "A\n\"\\/\b\f\r\tBé中😀 é中😀§user:A\n\"\\/\b\f\r\tBé中😀 é中😀\n\\n§assistant:x" },
        { "auto", """{"\u0069nstruction":"Add","output":"2"}""", "Add§user:Add§assistant:2" },
        { "auto", """{"instruction":"a","output":"b","response":"c"}""", "a§user:a§assistant:b" },
        { "auto", """{"instruction":"a","output":"b","conversations":null,"messages":null}""", "a§user:a§assistant:b" },

        // IterIT: the instruction is a list of turns
        { "auto", """{"instruction":[{"from":"human","value":"q"},{"from":"gpt","value":"a"},{"from":"human","value":"r"}],"input":"","output":"b"}""", "q§user:q§assistant:a§user:r§assistant:b" },

        // Dolly
        { "auto", """{"instruction":"Who?","context":"Bo did.","response":"Bo","category":"closed_qa"}""", "Who?§user:Who?\nBo did.§assistant:Bo" },
        { "dolly", """{"instruction":"Who?","response":"Bo","output":"no"}""", "Who?§user:Who?§assistant:Bo" },

        // ShareGPT
        { "auto", """{"id":"x","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"tools":"[]"}""", "q§user:q§assistant:a" },
        { "sharegpt", """{"system":"s","conversations":[{"value":"q","from":"user"},{"from":"function_call","value":"{\"f\":1}"},{"from":"observation","value":"1"},{"from":"chatgpt","value":"a"}]}""", "q§system:s§user:q§assistant:{\"f\":1}§tool:1§assistant:a" },
        { "auto", """{"conversations":[{"from":"system","value":"s"},{"from":"Human","value":"q"},{"from":"bard","value":"a"}],"system":""}""", "q§system:s§user:q§assistant:a" },
        { "auto", """{"conversations":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "q§user:q§assistant:a" },

        // Chat messages
        { "auto", """{"messages":[{"role":"developer","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":1}]}""", "q§system:s§user:q§assistant:a" },
        { "messages", """{"messages":[{"role":"user","content":[{"type":"text","text":"q\n1"},{"text":"é","type":"text"},"z"]},{"role":"assistant","content":[]}]}""", "q\n1\né\nz§user:q\n1\né\nz§assistant:" },
        { "auto", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id": "1", "function":{"name":"f"}}]},{"role":"tool","content":"r"},{"role":"assistant","tool_calls":null,"content":"a"}]}""", "q§user:q§assistant:[{\"id\": \"1\", \"function\":{\"name\":\"f\"}}]§tool:r§assistant:a" },
        { "auto", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[1]}]}""", "q§user:q§assistant:[1]" },

        // Prompt and completion
        { "auto", """{"prompt":"q","completion":"a"}""", "q§user:q§assistant:a" },
        { "prompt", """{"prompt":"q","response":"a","rating":3.5}""", "q§user:q§assistant:a" },
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        { "auto", """{"instruction":"Add","input":"1"}""", "Found no field 'output' (fields: instruction, input), expected Alpaca's instruction, input, output." },
        { "alpaca", """{"output":"2"}""", "Found no field 'instruction' (fields: output), expected Alpaca's" },
        { "auto", """{"instruction":"","input":"1","output":"2"}""", "Found an empty field 'instruction', expected a prompt." },
        { "auto", """{"instruction":" \n","output":"2"}""", "Found an empty field 'instruction'" },
        { "auto", """{"instruction":null,"output":"2"}""", "Found null in field 'instruction', expected a string." },
        { "auto", """{"instruction":"a","output":null}""", "Found null in field 'output'" },
        { "auto", """{"instruction":"a","output":3}""", "Found a number in field 'output'" },
        { "auto", """{"instruction":"a","input":["b"],"output":"c"}""", "Found a list in field 'input'" },
        { "auto", """{"instruction":{"a":"b"},"output":"c"}""", "Found an object in field 'instruction'" },
        { "auto", """{"instruction":"a","system":true,"output":"c"}""", "Found true or false in field 'system'" },
        { "auto", """{"instruction":"a","output":"b","output":"c"}""", "Found field 'output' twice" },
        { "auto", """{"text":"only","more":1}""", "Found no known shape (fields: text, more), expected instruction and output" },
        { "auto", "{}", "Found no known shape (no fields)" },
        { "dolly", """{"instruction":"a","output":"b"}""", "Found no field 'response' (fields: instruction, output), expected Dolly's instruction, context, response." },
        { "prompt", """{"prompt":"a","chosen":"b"}""", "Found no field 'completion' (fields: prompt, chosen), expected prompt and completion (or response)." },
        { "auto", """{"prompt":"","completion":"b"}""", "Found an empty field 'prompt'" },
        { "auto", """{"prompt":[{"role":"user","content":"q"}],"completion":"b"}""", "Found a list in field 'prompt'" },

        // Turns
        { "auto", """{"conversations":[]}""", "Found no user turn among 0 turns, expected at least one of user and one of assistant." },
        { "auto", """{"conversations":[{"from":"human","value":"q"}]}""", "Found no assistant turn among 1 turns" },
        { "auto", """{"conversations":[{"from":"gpt","value":"q"}]}""", "Found no user turn among 1 turns" },
        { "auto", """{"conversations":[{"from":"human","value":" "},{"from":"gpt","value":"q"}]}""", "Found only empty user turns among 2 turns" },
        { "auto", """{"conversations":[{"from":"alien","value":"q"}]}""", "Found role 'alien' in turn 1, expected system, user (human)" },
        { "auto", """{"conversations":[{"from":"human","value":"q"},{"from":3,"value":"q"}]}""", "Found role of another kind (a number) in turn 2" },
        { "auto", """{"conversations":[{"from":"human","value":null}]}""", "Found null as the text in turn 1" },
        { "auto", """{"conversations":[{"from":"human","value":7}]}""", "Found a number as the text in turn 1" },
        { "auto", """{"conversations":[{"from":"human","value":"a","content":"b"}]}""", "Found two texts in turn 1" },
        { "auto", """{"conversations":[{"from":"human","role":"user","value":"a"}]}""", "Found two roles in turn 1" },
        { "auto", """{"conversations":[{"value":"q"}]}""", "Found no role in turn 1" },
        { "auto", """{"conversations":[{"from":"human"}]}""", "Found no text in turn 1" },
        { "auto", """{"conversations":["q","a"]}""", "Found a string as turn 1, expected an object" },
        { "auto", """{"conversations":"q"}""", "Found a string in field 'conversations', expected a list of turns." },
        { "messages", """{"conversations":[]}""", "Found no field 'messages' (fields: conversations)" },
        { "auto", """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]}""", "Found a part of type 'image_url' in turn 1" },
        { "auto", """{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "Found a part without text in turn 1" },
        { "auto", """{"messages":[{"role":"user","content":[3]}]}""", "Found a number among the parts of the text in turn 1" },
        { "auto", """{"messages":[{"role":"user","content":null,"tool_calls":[1]},{"role":"assistant","content":"x"}]}""", "Found null as the text in turn 1" },
        { "auto", """{"instruction":[{"from":"human","value":"q"}],"input":"x","output":"b"}""", "Found an input beside an instruction that is a list of turns" },
        { "auto", """{"conversations":[{"from":"human","value":"1"},{"from":"gpt","value":"2"},{"from":"human","value":"3"},{"from":"gpt","value":"4"},{"from":"human","value":"5"},{"from":"gpt","value":"6"}]}""", "Found more than 5 turns, expected at most that many (Limits:MaxTurns)." },

        // JSON itself
        { "auto", """["instruction"]""", "Found a list, expected a JSON object a row." },
        { "auto", "12", "Found a number, expected a JSON object" },
        { "auto", """{"instruction":"a","output":"b"}{"instruction":"c"}""", "Found invalid JSON at byte 32, expected one JSON object" },
        { "auto", """{"instruction":"a","output":"b",}""", "Found invalid JSON at byte 32" },
        { "auto", """{"instruction":"a","output":NaN}""", "Found invalid JSON at byte 28" },
        { "auto", """{"instruction":"a","output":"b""", "Found invalid JSON at byte" },
        { "auto", "{\"instruction\":\"a\tb\",\"output\":\"b\"}", "Found invalid JSON at byte 17" },
        { "auto", "{\"instruction\":\"a\0b\",\"output\":\"b\"}", "Found invalid JSON at byte 17" },
        { "auto", """{"instruction":"a\x","output":"b"}""", "Found invalid JSON at byte 18" },
        { "auto", """{"instruction":"a\u12g4","output":"b"}""", "Found invalid JSON" },
        { "auto", """{"instruction":"a\ud83d","output":"b"}""", "Found an escaped surrogate that stands alone (no character) in field 'instruction'" },
        { "auto", """{"instruction":"a\ude00\ud83d","output":"b"}""", "Found an escaped surrogate that stands alone" },
        { "auto", """{"instruction":"a\ud83d\u0041","output":"b"}""", "Found an escaped surrogate that stands alone" },
        { "auto", """{"conversations":[{"from":"human","value":"a\ud83dx"}]}""", "Found an escaped surrogate that stands alone (no character) in turn 1" },
        { "auto", """{"a":[[[[[[[[[[1]]]]]]]]]],"instruction":"a","output":"b"}""", "Found values nested more than 8 deep, expected at most that (Limits:MaxDepth)." },
        { "mapping", """{"a":[[[[[[[[[[1]]]]]]]]]],"instruction":"a","output":"b"}""", "Found values nested more than 8 deep" },

        { "auto", """{"a":{"a":[1,{"a":[{"a":[0,{"a":[]}]}]}]},"instruction":"a","output":"b"}""", "Found values nested more than 8 deep" },
        { "auto", """{"a":[[[[[[[x]]]]]]],"instruction":"a","output":"b"}""", "Found invalid JSON at byte 12" },
        { "auto", """{"\ud83d":1,"instruction":"a"}""", "Found no field 'output'" },

        // Mapping
        { "mapping", """{"q":"a","meta":{"x":"y"}}""", "Found no field 'data.q' (fields: q, meta), expected the fields that Mapping names." },
        { "mapping", """{"data":{"q":"a"},"answers":[]}""", "Found no field 'answers.0.text' (fields: data, answers)" },
        { "mapping", """{"data":{"q":"a"},"data":{"q":"a"},"answers":[{"text":"b"}]}""", "Found field 'data.q' twice" },
        { "mapping", """{"data":{"q":["a"]},"answers":[{"text":"b"}]}""", "Found a list in field 'data.q', expected a string." },
        { "mapping", "[1]", "Found a list, expected a JSON object" },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Parse_SoundRow_GivesItsConversation(string shape, string row, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(row);

        Sample sample = Parse(shape, bytes).Sample!;

        Assert.Equal(expected, Show(sample));
        Assert.Equal(bytes, sample.Raw.ToArray());
        Assert.Equal(new RowOrigin(3, 2, 1), sample.Origin);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parse_BadRow_SaysWhatWasFoundAndExpected(string shape, string row, string reason)
    {
        ParseOutcome outcome = Parse(shape, Encoding.UTF8.GetBytes(row));

        Assert.Null(outcome.Sample);
        Assert.StartsWith(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"q":"a\n","data.q":"no"},"answers":[{"text":"b"},{"text":"c"}],"who":{"are":{"you":"s"}}}""", "a\n§system:s§user:a\n§assistant:b")]
    [InlineData("""{"data.q":"a","data":{"q":"no"},"answers":[{"text":""}],"extra":"x"}""", "a§user:a\nx§assistant:")]
    public void Parse_Mapping_ReachesIn(string row, string expected)
    {
        Assert.Equal(expected, Show(Parse("mapping", Encoding.UTF8.GetBytes(row)).Sample!));
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC0)]
    [InlineData(0xE4)]
    public void Parse_InvalidUtf8_NamesTheByte(byte bad)
    {
        byte[] row = [.. "{\"instruction\":\"é"u8, bad, .. "\",\"output\":\"b\"}"u8];

        Assert.Equal($"Found invalid UTF-8 at byte 18 of the row (0x{bad:X2}), expected UTF-8.", Parse("auto", row).Reason);
    }

    [Fact]
    public void Parse_FaultedRow_PassesTheFaultOn()
    {
        RawRow row = new(new RowOrigin(0, 1, 0), "{\"instruction\":\"a\",\"output\":\"b\"}"u8.ToArray(), "Found it cut.");

        Assert.Equal(new ParseOutcome(null, "Found it cut."), s_parser.Parse(row, File("auto"), new SampleArena()));
    }

    [Fact]
    public void Parse_LongNamesAndValues_AreQuotedInPart()
    {
        string name = new('n', 5000);
        foreach (string row in new[] { $$"""{"{{name}}":1,"{{name}}":2}""", $$"""{"conversations":[{"from":"{{name}}","value":""}]}""", $$"""{"a":{{name}}}""" })
        {
            Assert.True(Parse("auto", Encoding.UTF8.GetBytes(row)).Reason!.Length < 400);
        }
    }

    [Fact]
    public void Parse_ManyRowsInOneArena_KeepsEarlierTexts()
    {
        SampleArena arena = new();
        Random random = new(5);
        List<(string Expected, Sample Sample)> all = [];
        for (int i = 0; i < 2000; i++)
        {
            string text = new((char)('a' + random.Next(26)), random.Next(1, i % 100 == 0 ? 60_000 : 300));
            byte[] row = Encoding.UTF8.GetBytes($$"""{"instruction":"{{text}}\n","input":"é{{i}}","output":"{{text}}é"}""");
            all.Add(($"{text}\n§user:{text}\n\né{i}§assistant:{text}é", s_parser.Parse(new RawRow(default, row), File("auto"), arena).Sample!));
        }

        Assert.All(all, pair => Assert.Equal(pair.Expected, Show(pair.Sample)));
    }

    private static ParseOutcome Parse(string shape, byte[] row) =>
        s_parser.Parse(new RawRow(new RowOrigin(3, 2, 1), row), File(shape), new SampleArena());

    private static SourceFile File(string shape) => new(3, "/a", "a", SourceFormat.JsonLines, Compression.None, shape, "", shape == RowShapes.Mapping
        ? new FieldMapping { System = "who.are.you", Instruction = "data.q", Input = "extra", Output = "answers.0.text" }
        : null);

    private static string Show(Sample sample) =>
        $"{sample.Instruction}§{string.Join('§', sample.Turns.Select(turn => $"{turn.Role.ToString().ToLowerInvariant()}:{turn.Text}"))}";
}
