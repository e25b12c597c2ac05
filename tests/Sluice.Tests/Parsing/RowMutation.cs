using System.Text;

namespace Sluice.Tests.Parsing;

/// <summary>Rows of every shape with a few bytes flipped, cut out, put in or repeated.</summary>
internal static class RowMutation
{
    private static readonly byte[][] s_seeds =
    [
        .. new[]
        {
            """{"id":"a-1","instruction":"Add \"these\" é","input":"1 + 1\n2","output":"4 \u4e2d\ud83d\ude00","meta":{"n":[1,2.5e3,null,true]}}""",
            """{"instruction":"Who?","context":"Bo did.","response":"Bo","category":"closed_qa"}""",
            """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a\\"}],"system":"s","tools":"[]"}""",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"q"},"z"]},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}]}""",
            """{"prompt":"q","completion":"a","n":[[[]]]}""",
            """{ "data" : {"q":"a"} , "answers":[{"text":"b"}],"who":{"are":{"you":"s"}},"extra":"x","m":-0.5E-7}""",
            """{"instruction":"写一个简短的通知，内容是：下达乌岛1月28日16点在工厂举行摄影展，限201人，联系人马诗涵。","input":"","output":"关于举行摄影展的通知\n亲爱的朋友们：\n为了传承传统文化，下达乌岛将于1月28日16点在工厂组织摄影展。😀"}""",
            """{"instruction":"Draft a polite e-mail from Malik Holeira to Hector Winokafor: the loan of 109 cold cakes in Golilwick is moved to Monday.","input":"At 15:00 in the public library, or at 16:00 in the café.","output":"Subject: Change of plans\n\nDear Hector,\n\nI would like to let you know that the appointment has been \"moved\" to Monday.\n\nKind regards"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A row of any shape, changed at up to three places.</summary>
    public static byte[] Next(Random random) => Mutate(s_seeds[random.Next(s_seeds.Length)], random);

    /// <summary>A row changed at up to three places.</summary>
    public static byte[] Mutate(byte[] from, Random random)
    {
        List<byte> row = [.. from];
        ReadOnlySpan<byte> telling = "{}[]\",:\\u0x \n\t\0é\xFFn1-.eE+/"u8;
        for (int edits = random.Next(4); edits > 0 && row.Count > 1; edits--)
        {
            int place = random.Next(row.Count);
            switch (random.Next(6))
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
                case 4:
                    row.RemoveRange(place, random.Next(8) == 0 ? row.Count - place : Math.Min(random.Next(1, 9), row.Count - place));
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
