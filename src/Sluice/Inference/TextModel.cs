using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Inference.Batching;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;
using Sluice.Records;

namespace Sluice.Inference;

/// <summary>A model that reads text: manifest, tokenizer and session. Safe for use by many threads.</summary>
internal sealed class TextModel : IDisposable
{
    // A call costs about as much as this many tokens of padding: a dozen microseconds of a static-embedding model on a CPU, some launches on a GPU.
    private const int CpuCallTokens = 64;
    private const int DeviceCallTokens = 2048;

    private readonly ITokenizer _tokenizer;
    private readonly IInferenceSession _session;
    private readonly ScoringPass _pass;
    private readonly ConcurrentBag<Scratch> _scratch = [];

    /// <summary>Joins the parts; <see cref="ModelOpening"/> has checked that they fit. Owns the session.</summary>
    public TextModel(ModelManifest manifest, ITokenizer tokenizer, IInferenceSession session, InferenceOptions options)
    {
        Manifest = manifest;
        Fingerprint = manifest.Fingerprint();
        _tokenizer = tokenizer;
        _session = session;
        bool onCpu = session.Provider.StartsWith("CPU", StringComparison.Ordinal);
        var limits = new BatchLimits(options.BatchTokens, options.BatchRows, onCpu ? CpuCallTokens : DeviceCallTokens);
        bool squeezed = session.Outputs.First(output => output.Name == manifest.Output.Name).Shape.Count == 1;
        _pass = new ScoringPass(manifest, session, tokenizer.PadId, limits, squeezed);
    }

    /// <summary>What the manifest says.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>SHA-256 over files and keys that can change an answer: equal fingerprints give equal columns.</summary>
    public string Fingerprint { get; }

    /// <summary>What runs the graph, with the reason when a wished provider was not to be had.</summary>
    public string Provider => _session.Provider;

    /// <summary>Why another provider runs the graph than the one named; null when none was named or it is that one.</summary>
    public string? FallbackReason => _session.FallbackReason;

    /// <summary>Numbers a row.</summary>
    public int Width => Manifest.Output.Width;

    /// <summary>Scores texts: n x <see cref="Width"/> numbers in the texts' order. Throws <see cref="InferenceException"/> naming model and row.</summary>
    public float[] Score(IReadOnlyList<ReadOnlyMemory<char>> texts, CancellationToken token) => Score(
        texts.Count, (row, tokens) => _tokenizer.Encode(texts[row].Span, Manifest.MaxTokens, tokens), token);

    /// <summary>Scores pairs of texts, as <see cref="Score(IReadOnlyList{ReadOnlyMemory{char}}, CancellationToken)"/> does texts.</summary>
    public float[] ScorePairs(IReadOnlyList<ReadOnlyMemory<char>> first, IReadOnlyList<ReadOnlyMemory<char>> second, CancellationToken token) => Score(
        first.Count, (row, tokens) => _tokenizer.EncodePair(first[row].Span, second[row].Span, Manifest.MaxTokens, tokens), token);

    /// <summary>
    /// Scores the rows of a batch that are no duplicates; the numbers of duplicates become NaN. Token ids are made once for all models of the same tokenizer,
    /// view and length and lie in <see cref="RowBatch.Scratch"/>, so a batch may be in one block at a time only.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="into">Rows x <see cref="Width"/>.</param>
    /// <param name="token">Cancels between batches.</param>
    public void Score(RowBatch batch, Span<float> into, CancellationToken token)
    {
        into.Fill(float.NaN);
        TokenizedRows tokens = Tokenize(batch);
        _pass.Run(tokens, into, NameRow, token);
        // Rows found to repeat others after their tokens were made.
        for (int row = 0; row < batch.Samples.Count; row++)
        {
            if (batch.Samples[row].IsDuplicate)
            {
                into.Slice(row * Width, Width).Fill(float.NaN);
            }
        }

        string NameRow(int row)
        {
            RowOrigin origin = batch.Samples[row].Origin;
            return string.Create(CultureInfo.InvariantCulture, $"row {origin.Number} of file {origin.File}");
        }
    }

    /// <summary>Runs the manifest's example and compares.</summary>
    public ModelCheck Check(CancellationToken token)
    {
        if (Manifest.Example is not { } example)
        {
            return new ModelCheck(Manifest.Name, [], [], double.NaN, 0);
        }

        float[] found = example.Pair is null
            ? Score([example.Text.AsMemory()], token)
            : ScorePairs([example.Text.AsMemory()], [example.Pair.AsMemory()], token);
        double difference = example.Expected.Select((expected, i) => Math.Abs((double)expected - found[i])).Max();
        return new ModelCheck(Manifest.Name, found, example.Expected, difference, example.Tolerance);
    }

    /// <summary>Unloads the graph.</summary>
    public void Dispose() => _session.Dispose();

    private float[] Score(int count, Func<int, TokenBuffer, int> encode, CancellationToken token)
    {
        float[] into = new float[checked(count * Width)];
        using TokenizedRows tokens = Tokenize(count, (row, scratch) => encode(row, scratch.Tokens));
        _pass.Run(tokens, into, row => string.Create(CultureInfo.InvariantCulture, $"text {row + 1} of {count}"), token);
        return into;
    }

    private TokenizedRows Tokenize(RowBatch batch)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"tokens {Manifest.Tokenizer.Sha256} {Manifest.Text} {Manifest.MaxTokens}");
        if (batch.Scratch.TryGetValue(key, out object? made))
        {
            return (TokenizedRows)made;
        }

        IReadOnlyList<Sample> samples = batch.Samples;
        TokenizedRows tokens = Tokenize(samples.Count, (row, scratch) => samples[row].IsDuplicate ? -1 : Encode(samples[row], scratch));
        batch.Scratch[key] = tokens;
        return tokens;
    }

    private int Encode(Sample sample, Scratch scratch) => Manifest.Text == TextView.Pair
        ? _tokenizer.EncodePair(scratch.First.Read(sample, TextView.Prompt), scratch.Second.Read(sample, TextView.Response), Manifest.MaxTokens, scratch.Tokens)
        : _tokenizer.Encode(scratch.First.Read(sample, Manifest.Text), Manifest.MaxTokens, scratch.Tokens);

    private TokenizedRows Tokenize(int count, Func<int, Scratch, int> encode)
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
    }
}
