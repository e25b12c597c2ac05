using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;
using Sluice.Inference.Tokenization.Cutting;
using Sluice.Records;

namespace Sluice.Inference;

/// <summary>Turns rows into the token ids that a model reads, sharing what models have in common. Safe for use by many threads.</summary>
internal sealed class RowEncoder(ModelManifest manifest, ITokenizer tokenizer)
{
    private readonly TruncationOptions _cut = new(manifest.MaxTokens, Side: manifest.Truncation);
    private readonly ConcurrentBag<Scratch> _scratch = [];
    private int _sharedTokens;

    /// <summary>
    /// Says that other models of the same tokenizer read the same batches: plain ids are then made once for all of them, up to the most tokens that any reads.
    /// Call before the first batch.
    /// </summary>
    public void Share(int maxTokens) => _sharedTokens = Math.Max(maxTokens, manifest.MaxTokens);

    /// <summary>
    /// The ids of a batch's rows; a duplicate is left out. They lie in <see cref="RowBatch.Scratch"/>, so a batch may be in one block at a time only.
    /// </summary>
    public TokenizedRows Encode(RowBatch batch)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"tokens {manifest.Tokenizer.Sha256} {manifest.Text} {manifest.Template?.Source} {manifest.MaxTokens}");
        if (batch.Scratch.TryGetValue(key, out object? made))
        {
            return (TokenizedRows)made;
        }

        IReadOnlyList<Sample> samples = batch.Samples;
        TokenizedRows tokens;
        if (_sharedTokens > 0 && manifest.Truncation == TextSide.Right && manifest.Text is TextView.Prompt or TextView.Instruction or TextView.Response or TextView.Pair)
        {
            tokens = Wrap(Shared(batch), samples);
        }
        else
        {
            tokens = Encode(samples.Count, (row, scratch) => samples[row].IsDuplicate ? -1 : Encode(samples[row], scratch));
        }

        batch.Scratch[key] = tokens;
        return tokens;
    }

    /// <summary>The ids of single samples, duplicates too.</summary>
    public TokenizedRows Encode(IReadOnlyList<Sample> samples) => Encode(samples.Count, (row, scratch) => Encode(samples[row], scratch));

    /// <summary>The ids of texts.</summary>
    public TokenizedRows Encode(IReadOnlyList<ReadOnlyMemory<char>> texts) =>
        Encode(texts.Count, (row, scratch) => tokenizer.Encode(texts[row].Span, _cut, scratch.Tokens));

    /// <summary>The ids of pairs of texts.</summary>
    public TokenizedRows EncodePairs(IReadOnlyList<ReadOnlyMemory<char>> first, IReadOnlyList<ReadOnlyMemory<char>> second) =>
        Encode(first.Count, (row, scratch) => tokenizer.EncodePair(first[row].Span, second[row].Span, _cut, scratch.Tokens));

    private SharedTokens Shared(RowBatch batch)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"plain {manifest.Tokenizer.Sha256} {_sharedTokens}");
        if (!batch.Scratch.TryGetValue(key, out object? made))
        {
            batch.Scratch[key] = made = new SharedTokens(tokenizer, _sharedTokens);
        }

        return (SharedTokens)made;
    }

    private TokenizedRows Wrap(SharedTokens shared, IReadOnlyList<Sample> samples)
    {
        bool isPair = manifest.Text == TextView.Pair;
        TokenizedRows first = shared.Of(isPair ? TextView.Prompt : manifest.Text, samples);
        TokenizedRows? second = isPair ? shared.Of(TextView.Response, samples) : null;
        return Encode(samples.Count, (row, scratch) =>
        {
            if (samples[row].IsDuplicate || first.LengthOf(row) < 0)
            {
                return -1;
            }

            int count = second is null
                ? tokenizer.Wrap(first.IdsOf(row), manifest.MaxTokens, scratch.Tokens)
                : tokenizer.WrapPair(first.IdsOf(row), second.IdsOf(row), manifest.MaxTokens, scratch.Tokens);
            return count >= 0 ? count : Encode(samples[row], scratch);
        });
    }

    private int Encode(Sample sample, Scratch scratch)
    {
        switch (manifest.Text)
        {
            case TextView.Pair:
                return tokenizer.EncodePair(scratch.First.Read(sample, TextView.Prompt), scratch.Second.Read(sample, TextView.Response), _cut, scratch.Tokens);
            case TextView.Template:
                scratch.Text.Clear();
                manifest.Template!.Fill(scratch.Text, new TextParts
                {
                    Prompt = scratch.First.ReadBytes(sample, TextView.Prompt),
                    Response = scratch.Second.ReadBytes(sample, TextView.Response),
                    Instruction = sample.Instruction.Span,
                    Input = TextViewReader.InputOf(sample),
                });
                return tokenizer.Encode(scratch.Text.ToString(), _cut, scratch.Tokens);
            default:
                return tokenizer.Encode(scratch.First.Read(sample, manifest.Text), _cut, scratch.Tokens);
        }
    }

    private TokenizedRows Encode(int count, Func<int, Scratch, int> encode)
    {
        Scratch scratch = _scratch.TryTake(out Scratch? idle) ? idle : new Scratch();
        scratch.Tokens.Clear();
        int[] lengths = new int[count];
        for (int row = 0; row < count; row++)
        {
            lengths[row] = encode(row, scratch);
        }

        var tokens = new TokenizedRows(scratch.Tokens, lengths);
        _scratch.Add(scratch);
        return tokens;
    }

    /// <summary>What one tokenisation needs, kept for the next.</summary>
    private sealed class Scratch
    {
        public TokenBuffer Tokens { get; } = new();

        public TextViewReader First { get; } = new();

        public TextViewReader Second { get; } = new();

        public StringBuilder Text { get; } = new();
    }
}
