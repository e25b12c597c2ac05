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
    [InlineData("""{"version":"1.0","model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"b":0}}}""", "the tokenizer.model", "the id 0 of 'a' for 'b' too, expected each id once")]
    [InlineData("""{"version":"1.0","model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"b":-1}}}""", "the tokenizer.model", "no whole number as the id of 'b'")]
    [InlineData("""{"version":"1.0","added_tokens":[{"id":2,"content":"c"}],"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"b":2}}}""", "added_tokens[0]", "'c' and would get the id 2, the next behind the 2 entries of the vocabulary, but ids there go up to 2; expected a vocabulary without holes")]
    [InlineData("""{"version":"1.0","model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}}""", "the tokenizer.model", "merge 0 with 'ab', which is not in the vocabulary")]
    [InlineData("""{"version":"1.0","model":{"type":"BPE","vocab":{"a":0},"merges":["a"]}}""", "the tokenizer.model", "merge 0 that is no pair")]
    [InlineData("""{"version":"1.0","model":{"type":"BPE","vocab":{"a":0},"merges":[[1,2]]}}""", "the tokenizer.model", "merge 0 that is no pair")]
    [InlineData("""{"version":"1.0","model":{"type":"Unigram","unk_id":3,"vocab":[["a",0]]}}""", "the tokenizer.model", "unk_id 3, expected one below 1")]
    [InlineData("""{"version":"1.0","model":{"type":"Unigram","unk_id":0,"vocab":[["a"]]}}""", "the tokenizer.model", "no token with its score at place 0")]
    [InlineData("""{"version":"1.0","model":{"type":"WordPiece","vocab":{"a":0},"beam":3}}""", "the tokenizer.model", "unk_token '[UNK]'")]
    [InlineData("""{"version":"1.0","model":{"type":"WordPiece","unk_token":"a","vocab":{"a":0},"beam":3}}""", "the tokenizer.model", "the key 'beam', which is not supported; expected one of continuing_subword_prefix, max_input_chars_per_word")]
    [InlineData("""{"version":"1.0","model":{"type":"WordLevel","unk_token":"u","vocab":["u"]}}""", "the tokenizer.model", "'vocab' that is no object")]
    [InlineData("""{"version":"1.0","truncation":{"max_length":8,"strategy":"Shortest","stride":0},"model":WORDS}""", "the tokenizer.truncation", "the strategy 'Shortest', expected LongestFirst, OnlyFirst or OnlySecond")]
    [InlineData("""{"version":"1.0","truncation":{"max_length":8,"direction":"Up"},"model":WORDS}""", "the tokenizer.truncation", "the direction 'Up', expected Right or Left")]
    [InlineData("""{"version":"1.0","truncation":{"max_length":"8"},"model":WORDS}""", "the tokenizer.truncation", "string as 'max_length', expected a whole number")]
    [InlineData("""{"version":"1.0","truncation":{"max_length":8,"stride":-1},"model":WORDS}""", "the tokenizer.truncation", "a 'stride' below 0")]
    [InlineData("""{"version":"1.0","truncation":{"max_length":8,"keep":1},"model":WORDS}""", "the tokenizer.truncation", "the key 'keep', which is not supported; expected one of direction, max_length, strategy, stride")]
    [InlineData("""{"version":"1.0","padding":{"strategy":"Longest"},"model":WORDS}""", "the tokenizer.padding", "the strategy \"Longest\", expected \"BatchLongest\" or {\"Fixed\": a length}")]
    [InlineData("""{"version":"1.0","padding":{"strategy":{"Fixed":"8"}},"model":WORDS}""", "the tokenizer.padding.strategy", "string as 'Fixed', expected a whole number")]
    [InlineData("""{"version":"1.0","padding":{"strategy":"BatchLongest","pad_type_id":256},"model":WORDS}""", "the tokenizer.padding", "the pad_type_id 256, expected 0 to 255")]
    [InlineData("""{"version":"1.0","decoder":{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Rot13"}]},"model":WORDS}""", "the tokenizer.decoder.decoders[1]", "of type 'Rot13', which is not supported; expected one of BPEDecoder")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"NFKX"},"model":WORDS}""", "the tokenizer.normalizer", "of type 'NFKX', which is not supported; expected one of BertNormalizer, NFC")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"Lowercase","strip":"yes"},"model":WORDS}""", "the tokenizer.normalizer", "the key 'strip', which is not supported; expected one of type")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"BertNormalizer","lowercase":"yes"},"model":WORDS}""", "the tokenizer.normalizer", "string as 'lowercase', expected true or false")]
    [InlineData("""{"version":"1.0","normalizer":{"type":"Replace","pattern":{"Regex":"("},"content":"x"},"model":WORDS}""", "the tokenizer.normalizer.pattern", "(")]
    [InlineData("""{"version":"1.0","pre_tokenizer":{"type":"Split","pattern":{"Regex":"a"},"behavior":"Nearby"},"model":WORDS}""", "the tokenizer.pre_tokenizer", "Nearby")]
    [InlineData("""{"version":"1.0","post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}}],"pair":[],"special_tokens":{}},"model":WORDS}""", "the tokenizer.post_processor.single[0].SpecialToken", "names '[CLS]', which is not in 'special_tokens'")]
    [InlineData("""{"version":"1.0","post_processor":{"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{"[CLS]":{"id":"[CLS]"}}},"model":WORDS}""", "the tokenizer.post_processor", "no 'ids' for '[CLS]'")]
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
