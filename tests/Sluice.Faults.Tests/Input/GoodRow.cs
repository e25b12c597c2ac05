using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Sources;

namespace Sluice.Faults.Tests.Input;

/// <summary>A sound row of one of the known shapes, and what must come of it.</summary>
/// <param name="Id">Stands in the row and nowhere else.</param>
/// <param name="Json">The row.</param>
/// <param name="Turns">Its turns, as <c>Role:text</c> joined by bars.</param>
internal sealed record GoodRow(string Id, byte[] Json, string Turns)
{
    /// <summary>Number of shapes that <see cref="Make"/> knows.</summary>
    public const int Shapes = 6;

    /// <summary>The mapping that the rows of the sixth shape need.</summary>
    public static FieldMapping Mapping { get; } = new() { Instruction = "data.q", Output = "answers.0.text", System = "who" };

    /// <summary>Makes a row; alpaca, dolly, sharegpt, messages, prompt or mapping by <paramref name="shape"/>.</summary>
    public static GoodRow Make(int shape, string id, Random random)
    {
        string ask = $"{id} {Text(random)}";
        string answer = Text(random);
        string more = Text(random);
        (string json, string turns) = shape switch
        {
            0 => ($$"""{"id":{{J(id)}},"instruction":{{J(ask)}},"input":{{J(more)}},"output":{{J(answer)}}}""", $"User:{ask}\n{more}|Assistant:{answer}"),
            1 => ($$"""{"instruction":{{J(ask)}},"context":{{J(more)}},"response":{{J(answer)}},"category":"open_qa"}""", $"User:{ask}\n{more}|Assistant:{answer}"),
            2 => ($$"""{"id":7,"conversations":[{"from":"human","value":{{J(ask)}}},{"from":"gpt","value":{{J(answer)}}},{"from":"human","value":{{J(more)}}},{"from":"gpt","value":""}],"tools":"[]"}""", $"User:{ask}|Assistant:{answer}|User:{more}|Assistant:"),
            3 => ($$"""{"messages":[{"role":"system","content":{{J(more)}}},{"role":"user","content":[{"type":"text","text":{{J(ask)}}}]},{"role":"assistant","content":{{J(answer)}},"weight":0.5}]}""", $"System:{more}|User:{ask}|Assistant:{answer}"),
            4 => ($$"""{"prompt":{{J(ask)}},"completion":{{J(answer)}},"score":1e-3,"tags":[null,true,{"a":[1,2]}]}""", $"User:{ask}|Assistant:{answer}"),
            _ => ($$"""{"data":{"q":{{J(ask)}},"x":[{"q":1}]},"answers":[{"text":{{J(answer)}}}],"who":{{J(more)}}}""", $"System:{more}|User:{ask}|Assistant:{answer}"),
        };
        return new GoodRow(id, Encoding.UTF8.GetBytes(json), turns);
    }

    private static string J(string text) => JsonSerializer.Serialize(text);

    // Words, with characters of one to four bytes and those that JSON escapes among them; never blank.
    private static string Text(Random random)
    {
        StringBuilder text = new();
        for (int i = random.Next(1, 24); i > 0; i--)
        {
            _ = random.Next(12) switch
            {
                0 => text.Append('"').Append(random.Next(1000)).Append('"'),
                1 => text.Append("line\nbreak\t"),
                2 => text.Append("中文 é 😀 "),
                3 => text.Append("C:\\path "),
                4 => text.Append("{[,:]} "),
                _ => text.Append(CultureInfo.InvariantCulture, $"word{random.Next(100)} "),
            };
        }

        return text.Append('.').ToString();
    }
}
