using System.Text;
using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference.Tokenization;

public sealed class TokenizerFileTests
{
    private const string Words = """{"type":"WordLevel","unk_token":"u","vocab":{"u":0,"a":1,"b":2}}""";

    [Theory]
    [InlineData("""{"version":"1.0","model":{"type":"Markov","vocab":{}}}""", "the tokenizer.model", "Markov")]
    [InlineData("""{"version":"1.0","pre_tokenizer":{"type":"UnicodeScripts"},"model":WORDS}""", "pre_tokenizer", "UnicodeScripts")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"Sequence","normalizers":[{"type":"Rot13"}]},"model":WORDS}""", "normalizer.normalizers[0]", "Rot13")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"Lowercase","locale":"tr"},"model":WORDS}""", "normalizer", "locale")]
    [InlineData("""{"version":"1.0","post_processor":{"type":"Suffix"},"model":WORDS}""", "post_processor", "Suffix")]
    [InlineData("""{"version":"2.0","model":WORDS}""", "the tokenizer", "2.0")]
    [InlineData("""{"version":"1.0","model":{"type":"WordLevel","unk_token":"x","vocab":{"a":0}}}""", "the tokenizer.model", "unk_token 'x'")]
    [InlineData("""{"version":"1.0","model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "the tokenizer.model", "merge 0 with 'b'")]
    [InlineData("""{"version":"1.0","model":{"type":"BPE","dropout":0.1,"vocab":{"a":0},"merges":[]}}""", "the tokenizer.model", "dropout")]
    [InlineData("""{"version":"1.0","pre_tokenizer":{"type":"Split","pattern":{"Regex":"[a&&b]"},"behavior":"Isolated"},"model":WORDS}""", "pre_tokenizer.pattern", "[a&&b]")]
    [InlineData("""{"version":"1.0","pre_tokenizer":{"type":"Split","pattern":{"Regex":"^a"},"behavior":"Isolated"},"model":WORDS}""", "pre_tokenizer.pattern", "anchor")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"},"model":WORDS}""", "normalizer", "cut short")]
    [InlineData("""{"version":"1.0","model":WORDS,"shortcut":true}""", "the tokenizer", "shortcut")]
    [InlineData("""{"version":"1.0","added_tokens":[{"id":3,"content":"c"},{"id":4,"content":"c"}],"model":WORDS}""", "added_tokens[1]", "'c'")]
    [InlineData("""{"version":"1.0","model":""", "tokenizer.json", "cannot be read")]
    public void Parse_UnsupportedComponent_NamesFileComponentAndValue(string json, string place, string what)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("WORDS", Words, StringComparison.Ordinal));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TokenizerFile.Parse(bytes, "some/file.json"));

        Assert.Contains("some/file.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOnDisk_EncodesAndKnowsItsTokens()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.json"], $$"""
            {"version":"1.0","added_tokens":[{"id":3,"content":"[PAD]","special":true}],
             "padding":{"strategy":"BatchLongest","pad_id":9},"truncation":{"max_length":1},
             "pre_tokenizer":{"type":"WhitespaceSplit"},"model":{{Words}}}
            """);

        Tokenizer tokenizer = TokenizerFile.Load(folder["t.json"]);
        TokenBuffer buffer = new();

        Assert.Equal(5, tokenizer.Encode("a b\tzz [PAD]a", 8, buffer));
        Assert.Equal([1, 2, 0, 3, 1], buffer.Ids.ToArray());
        Assert.Equal(9, tokenizer.PadId);
        Assert.Equal(4, tokenizer.VocabularySize);
        Assert.True(tokenizer.TryGetId("[PAD]", out int pad) && pad == 3);
        Assert.True(tokenizer.TryGetId("b", out int b) && b == 2);
        Assert.False(tokenizer.TryGetId("zz", out _));
    }

    [Fact]
    public void Encode_UnpairedSurrogate_CountsAsReplacementCharacter()
    {
        Tokenizer tokenizer = TokenizerFile.Parse(Encoding.UTF8.GetBytes("""
            {"version":"1.0","pre_tokenizer":{"type":"WhitespaceSplit"},"model":{"type":"WordLevel","unk_token":"u","vocab":{"u":0,"a\ufffd":1}}}
            """), "tiny");
        TokenBuffer buffer = new();

        _ = tokenizer.Encode("a\uD800 a\uDC00 a\uFFFD \uD83D\uDE00", int.MaxValue, buffer);

        Assert.Equal([1, 1, 1, 0], buffer.Ids.ToArray());
    }
}
