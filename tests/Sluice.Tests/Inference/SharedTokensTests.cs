using Sluice.Inference;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;
using Sluice.Records;

namespace Sluice.Tests.Inference;

public sealed class SharedTokensTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Score_ModelsOfOneTokenizer_ReadEachTextOnce()
    {
        _models.WriteQuality("prompts", manifest => manifest["text"] = "prompt");
        _models.WriteQuality("pairs", manifest => manifest["text"] = "pair");
        _models.WriteTokenVectors("instructions", "mean", manifest => manifest["maxTokens"] = 4);
        string[] names = ["prompts", "pairs", "instructions"];
        TextModel[] models = [.. names.Select(_models.Open)];
        string[] texts = TestRows.RandomTexts(40, 12, 31);
        RowBatch alone = TestRows.Batch(texts);
        float[][] expected = [.. models.Select(model => Score(model, alone))];
        foreach (TextModel model in models)
        {
            model.ShareTokens(16);
        }

        RowBatch batch = TestRows.Batch(texts);
        int before = _models.Tokenizer.Calls;
        float[][] found = [.. models.Select(model => Score(model, batch))];
        // 40 prompts, which are the instructions as well, and 40 responses.
        Assert.Equal(80, _models.Tokenizer.Calls - before);
        Assert.Equal(expected, found);
        batch.ReleaseScratch();
        Assert.All(models, model => model.Dispose());
    }

    [SharedTheory("tokenizers")]
    [InlineData("bert-base-uncased", 3)]
    [InlineData("gpt2", 4)]
    [InlineData("mistral-7b-v0.1", 5)]
    [InlineData("t5-small", 6)]
    public void Wrap_PlainIds_GivesWhatEncodeGives(string name, int seed)
    {
        Tokenizer tokenizer = Tokenization.GoldenFiles.Load(name);
        var random = new Random(seed);
        string[] words = ["the", " river", "\n", "Ähre", "数据", "x=1;", " unbelievable", "!!", "  ", "emoji 😀"];
        for (int round = 0; round < 300; round++)
        {
            string first = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => words[random.Next(words.Length)]));
            string second = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => words[random.Next(words.Length)]));
            int most = random.Next(4, 40);
            int[] plainFirst = Ids((text, into) => tokenizer.EncodePlain(text, 40, into), first);
            int[] plainSecond = Ids((text, into) => tokenizer.EncodePlain(text, 40, into), second);
            Assert.Equal(Ids((text, into) => tokenizer.Encode(text, most, into), first), Ids((_, into) => tokenizer.Wrap(plainFirst, most, into), first));
            TokenBuffer wrapped = new();
            TokenBuffer pair = new();
            tokenizer.EncodePair(first, second, most, pair);
            if (tokenizer.WrapPair(plainFirst, plainSecond, most, wrapped) >= 0)
            {
                Assert.Equal(pair.Ids.ToArray(), wrapped.Ids.ToArray());
                Assert.Equal(pair.Types.ToArray(), wrapped.Types.ToArray());
            }
            else
            {
                Assert.True(plainFirst.Length >= most && plainSecond.Length >= most);
            }
        }
    }

    [Fact]
    public void InputOf_AlpacaRow_IsWhatStandsAfterTheInstruction()
    {
        Sample Row(string turn, string instruction) => new(new RowOrigin(0, 1, 0), default, [new Turn(Role.User, turn.AsText())], instruction.AsText());
        Assert.Equal("the input", System.Text.Encoding.UTF8.GetString(TextViewReader.InputOf(Row("Do it.\nthe input", "Do it."))));
        Assert.True(TextViewReader.InputOf(Row("Do it.\nand more", "Do it.\nand more")).IsEmpty);
        Assert.True(TextViewReader.InputOf(Row("Something else\nx", "Do it.")).IsEmpty);
    }

    private static float[] Score(TextModel model, RowBatch batch)
    {
        float[] into = new float[batch.Samples.Count * model.Width];
        model.Score(batch, into, CancellationToken.None);
        return into;
    }

    private static int[] Ids(Func<string, TokenBuffer, int> encode, string text)
    {
        TokenBuffer buffer = new();
        encode(text, buffer);
        return buffer.Ids.ToArray();
    }
}
