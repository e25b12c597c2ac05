using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sluice.Parsing.Json;

namespace Sluice.Tests.Parsing;

/// <summary>The cursor beside <see cref="Utf8JsonReader"/>: the same tokens at the same places, and the same rows refused at the same token.</summary>
public sealed class JsonCursorTests
{
    private const int MaxDepth = 8;

    public static TheoryData<string> Edges =>
    [
        "", " ", "{", "}", "[", "]", "{}", "[]", " {} ", "{}{}", "[]x", "1", "-", "-1", "01", "-01", "0", "-0", "1.", "1.5", ".5", "1e", "1e+", "1E5", "1e-5", "1.e5", "1E+05", "1.5x", "1/", "[1/]", "[1", "[1 ",
        "[1.5e3,0.0,-0.1E-1]", "[1,]", "[,1]", "[1,,2]", "{\"a\":1,}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\" : 1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"b\"", "{\"a\":1,\"b\":", "{a:1}", "{'a':1}", "{1:2}",
        "true", "false", "null", "tru", "truex", "[true1]", "[nul]", "NaN", "Infinity", "-Infinity", "\"", "\"a", "\"a\"", "\"a\" \"b\"", "[\"a\" \"b\"]", "\"\\", "\"\\\"", "\"\\u12", "\"\\u12g4\"", "\"\\u00e9\"", "\"\\x\"",
        "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\uFEFF{}", "\0", "{}\0", "[1]\v", "//c\n1", "/*c*/1", "[1//c\n]", "{\"a\":/*c*/1}", "[}", "{]", "[[[[[[[[", "[[[[[[[[1]]]]]]]]", "[[[[[[[[[1]]]]]]]]]", "{\"a\":[[[[[[[[1]]]]]]]]}",
        "{\"a\":[{\"a\":[{\"a\":[{\"a\":[1]}]}]}]}", "\t\r\n [\t\r\n1\t\r\n,\t\r\n2\t\r\n]\t\r\n", "{\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "[\u00A01]", "{\"é\":\"中\"}", "[\"\u007f\"]",
    ];

    [Theory]
    [MemberData(nameof(Edges))]
    public void Read_Edge_GivesWhatTheJsonReaderGives(string json) => AssertSame(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Read_EveryBracketDepthAroundTheLimit_BreaksWhereTheJsonReaderThrows()
    {
        foreach (string open in new[] { "[", "{\"a\":" })
        {
            for (int depth = 1; depth <= 1001; depth += depth is < 12 or > 996 ? 1 : 17)
            {
                string json = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(open == "[" ? "]" : "}", depth));
                foreach (int limit in new[] { MaxDepth, 64, 65, 1000 })
                {
                    AssertSame(Encoding.UTF8.GetBytes(json), limit);
                }
            }
        }
    }

    [Fact]
    public void Read_StringsOfEveryLengthAtEveryPlace_AreWholeOrBroken()
    {
        byte[] odd = [0, 1, 9, 10, 31, 32, 34, 92, 127, 128, 255];
        for (int length = 0; length <= 200; length++)
        {
            for (int before = 0; before < 70; before += 1 + (length % 5))
            {
                byte[] row = [.. Enumerable.Repeat((byte)' ', before), (byte)'"', .. Enumerable.Repeat((byte)'x', length), (byte)'"', .. Enumerable.Repeat((byte)' ', length % 3)];
                AssertSame(row);
                for (int place = before + 1 + (before % 7); place < row.Length; place += 7)
                {
                    byte was = row[place];
                    row[place] = odd[(place + length) % odd.Length];
                    AssertSame(row);
                    row[place] = was;
                }

                AssertSame(row[..^(1 + (length % 3))]);
            }
        }
    }

    [Fact]
    public void Read_EveryByteAtEveryPlaceOfTwoVectors_IsJudgedAlike()
    {
        byte[] row = [(byte)'"', .. Enumerable.Repeat((byte)'x', 128), (byte)'"'];
        for (int place = 0; place < row.Length; place++)
        {
            for (int odd = 0; odd < 256; odd++)
            {
                byte was = row[place];
                row[place] = (byte)odd;
                AssertSame(row);
                row[place] = was;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_MutatedRows_GivesWhatTheJsonReaderGives(int seed)
    {
        Random random = new(seed);
        int sound = 0;
        for (int i = 0; i < 40_000; i++)
        {
            sound += AssertSame(RowMutation.Next(random)) ? 1 : 0;
        }

        Assert.InRange(sound, 4000, 36_000);
    }

    [SharedFact("data/MANIFEST.json")]
    public void Read_RealRows_GivesWhatTheJsonReaderGives()
    {
        Random random = new(4);
        int rows = 0;
        foreach (string path in Directory.EnumerateFiles(Repository.Shared("data/pool"), "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using StreamReader lines = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            for (int left = 1000; left > 0 && lines.ReadLine() is { } line; left--)
            {
                byte[] row = Encoding.UTF8.GetBytes(line);
                AssertSame(row);
                AssertSame(RowMutation.Mutate(row, random));
                rows++;
            }
        }

        Assert.True(rows > 0, "no .jsonl.gz file lies in the pool");
    }

    [Fact]
    public void Skip_AndTryFindEnd_GoWhereTheJsonReaderGoes()
    {
        byte[] row = """ {"a" : {"b":[1,{"c":"}"}]} , "d":[[],{}], "e":"x" } """u8.ToArray();
        Utf8JsonReader reader = new(row);
        JsonCursor cursor = new(row, MaxDepth);
        while (reader.Read())
        {
            Assert.True(cursor.Read());
            Utf8JsonReader end = reader;
            end.Skip();
            Assert.True(cursor.TryFindEnd(out int found));
            Assert.Equal(end.BytesConsumed, found);
            JsonCursor skipped = cursor;
            skipped.Skip();
            Assert.Equal(end.TokenType, skipped.TokenType);
            Assert.Equal(end.BytesConsumed, skipped.BytesConsumed);
        }
    }

    [Fact]
    public void TryFindEnd_ValueIsNotSound_BreaksTheCursorWhereItStands()
    {
        byte[] row = """{"a":[1,2"""u8.ToArray();
        JsonCursor cursor = new(row, MaxDepth);
        Assert.True(cursor.Read() && cursor.Read() && cursor.Read());

        Assert.False(cursor.TryFindEnd(out _));

        Assert.True(cursor.IsBroken);
        Assert.Equal(6, cursor.BytesConsumed);
        Assert.False(cursor.Read());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_RunsOfEscapesAtEveryPlaceOfBlocks_GivesWhatTheJsonReaderGives(int seed)
    {
        string[] pieces = ["\\\\", "\\\"", "\\n", "\\u00e9", "\\ud83d\\ude00", "x", "xxxxxxx", "é", "\\/", "\\\\\\\\\\\\"];
        Random random = new(seed);
        int sound = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            StringBuilder text = new("{\"a\":\"");
            for (int piece = random.Next(80); piece > 0; piece--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            byte[] row = Encoding.UTF8.GetBytes(text.Append("\",\"b\":\"\\t\"}").ToString());
            if (random.Next(3) == 0)
            {
                row[random.Next(row.Length)] = (byte)"\\\"\nxu0"[random.Next(6)];
            }

            sound += AssertSame(random.Next(4) == 0 ? row[..random.Next(row.Length)] : row) ? 1 : 0;
        }

        Assert.InRange(sound, 5_000, 18_000);
    }

    /// <summary>Reads both to the end or the first fault, token by token and then member by member; returns whether the row is sound.</summary>
    private static bool AssertSame(byte[] row, int maxDepth = MaxDepth)
    {
        AssertMembers(row, maxDepth);
        Utf8JsonReader reader = new(row, new JsonReaderOptions { MaxDepth = maxDepth });
        JsonCursor cursor = new(row, maxDepth);
        while (true)
        {
            bool isSound = true, more = false;
            try
            {
                more = reader.Read();
            }
            catch (JsonException)
            {
                isSound = false;
            }

            // The message is made only where there is something to say.
            bool read = cursor.Read();
            if (read != more || cursor.IsBroken == isSound || (more && !IsSame(ref reader, ref cursor)))
            {
                Assert.Fail($"{Convert.ToHexString(row)} ({Encoding.UTF8.GetString(row)}): {reader.TokenType} at {reader.TokenStartIndex} to {reader.BytesConsumed}, sound {isSound}; cursor {cursor.TokenType} at {cursor.TokenStartIndex} to {cursor.BytesConsumed}, sound {!cursor.IsBroken}");
            }

            if (!more)
            {
                return isSound;
            }
        }
    }

    private static void AssertMembers(byte[] row, int maxDepth)
    {
        JsonCursor plain = new(row, maxDepth), members = new(row, maxDepth);
        Stack<bool> objects = [];
        while (true)
        {
            bool more = plain.Read();
            string name = "";
            if (more && plain.TokenType == JsonTokenType.PropertyName)
            {
                name = Convert.ToHexString(plain.ValueSpan) + plain.ValueIsEscaped;
                more = plain.Read();
            }

            bool isInside = objects.TryPeek(out bool isObject) && isObject;
            bool found = isInside ? members.ReadMember() : members.Read();
            bool isEnd = isInside && plain.TokenType == JsonTokenType.EndObject;
            if (found != (more && !isEnd) || plain.IsBroken != members.IsBroken || plain.TokenType != members.TokenType || plain.BytesConsumed != members.BytesConsumed
                || (more && (plain.TokenStartIndex != members.TokenStartIndex || !plain.ValueSpan.SequenceEqual(members.ValueSpan)))
                || (name.Length > 0 && more && name != Convert.ToHexString(members.NameSpan) + members.NameIsEscaped))
            {
                Assert.Fail($"{Convert.ToHexString(row)} ({Encoding.UTF8.GetString(row)}): {plain.TokenType} to {plain.BytesConsumed}; by members {members.TokenType} to {members.BytesConsumed}");
            }

            if (!more)
            {
                return;
            }

            if (plain.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                objects.Push(plain.TokenType == JsonTokenType.StartObject);
            }
            else if (plain.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                objects.Pop();
            }
        }
    }

    private static bool IsSame(ref Utf8JsonReader reader, ref JsonCursor cursor) =>
        reader.TokenType == cursor.TokenType && reader.TokenStartIndex == cursor.TokenStartIndex && reader.BytesConsumed == cursor.BytesConsumed
        && reader.ValueSpan.SequenceEqual(cursor.ValueSpan) && reader.ValueSpan.Length == cursor.ValueLength
        && (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueIsEscaped == cursor.ValueIsEscaped);
}
