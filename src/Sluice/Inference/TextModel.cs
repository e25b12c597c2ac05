using System.Globalization;
using Sluice.Inference.Answers;
using Sluice.Inference.Batching;
using Sluice.Inference.Manifests;
using Sluice.Inference.Tokenization;
using Sluice.Records;

namespace Sluice.Inference;

/// <summary>A model that reads text: manifest, tokenizer and session. Safe for use by many threads.</summary>
internal sealed class TextModel : IDisposable
{
    // A call costs about as much as this many tokens of padding: a dozen microseconds of a static-embedding model on a CPU, some launches on a GPU.
    private const int CpuCallTokens = 64;
    private const int DeviceCallTokens = 2048;

    // A batch's logits over a vocabulary would be gigabytes at the usual number of tokens.
    private const int MostLogitBytes = 256 << 20;

    private readonly IInferenceSession _session;
    private readonly ScoringPass _pass;
    private readonly RowEncoder _encoder;
    private readonly IAnswerReader? _answers;

    /// <summary>Joins the parts; <see cref="ModelOpening"/> has checked that they fit. Owns the session.</summary>
    public TextModel(ModelManifest manifest, ITokenizer tokenizer, IInferenceSession session, InferenceOptions options)
    {
        Manifest = manifest;
        Fingerprint = manifest.Fingerprint();
        Tokenizer = tokenizer;
        _session = session;
        _encoder = new RowEncoder(manifest, tokenizer);
        TensorInfo output = session.Outputs.First(output => output.Name == manifest.Output.Name);
        _pass = new ScoringPass(manifest, session, tokenizer.PadId, Limits(manifest, session, output, options));
        _answers = manifest.Task switch
        {
            ModelTask.Perplexity => null,
            ModelTask.TokenProbability => new TokenProbabilityAnswers(
                AnswerIds(manifest, tokenizer), [.. manifest.Choices.Select(choice => choice.Value)], manifest.Output.Width, output.Shape.Count == 3),
            _ => new ValueAnswers(manifest.Output.Width, manifest.Pooling, manifest.Normalize, output.Shape.Count == 1),
        };
        Width = _answers?.Width ?? 1;
    }

    /// <summary>What the manifest says.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>SHA-256 over files and keys that can change an answer: equal fingerprints give equal columns.</summary>
    public string Fingerprint { get; }

    /// <summary>What runs the graph, with the reason when a wished provider was not to be had.</summary>
    public string Provider => _session.Provider;

    /// <summary>Why another provider runs the graph than the one named; null when none was named or it is that one.</summary>
    public string? FallbackReason => _session.FallbackReason;

    /// <summary>Makes the ids.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Numbers a row: those of the output; 1 for an expectation or a mean loss.</summary>
    public int Width { get; }

    /// <summary>Says that other models of the same tokenizer read the same batches; <see cref="RowEncoder.Share"/>.</summary>
    public void ShareTokens(int maxTokens) => _encoder.Share(maxTokens);

    /// <summary>
    /// Scores texts: n x <see cref="Width"/> numbers in the texts' order; of a causal model the mean loss of all tokens but the first.
    /// Throws <see cref="InferenceException"/> naming model and row.
    /// </summary>
    public float[] Score(IReadOnlyList<ReadOnlyMemory<char>> texts, CancellationToken token)
    {
        using TokenizedRows tokens = _encoder.Encode(texts);
        return Score(tokens, token);
    }

    /// <summary>Scores pairs of texts, as <see cref="Score(IReadOnlyList{ReadOnlyMemory{char}}, CancellationToken)"/> does texts.</summary>
    public float[] ScorePairs(IReadOnlyList<ReadOnlyMemory<char>> first, IReadOnlyList<ReadOnlyMemory<char>> second, CancellationToken token)
    {
        using TokenizedRows tokens = _encoder.EncodePairs(first, second);
        return Score(tokens, token);
    }

    /// <summary>
    /// Scores the rows of a batch that are no duplicates; the numbers of duplicates, and of rows that fail, become NaN. Rows that fail are named in <see cref="RowBatch.Unscored"/>.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="into">Rows x <see cref="Width"/>.</param>
    /// <param name="token">Cancels between batches.</param>
    public void Score(RowBatch batch, Span<float> into, CancellationToken token)
    {
        into.Fill(float.NaN);
        TokenizedRows tokens = _encoder.Encode(batch);
        _pass.Run(tokens, _answers ?? WholeRows(tokens), into, (row, reason) => batch.Unscored.Add(new UnscoredRow(batch.Samples[row].Origin, Manifest.Name, reason)), token);
        // Rows found to repeat others after their tokens were made.
        for (int row = 0; row < batch.Samples.Count; row++)
        {
            if (batch.Samples[row].IsDuplicate)
            {
                into.Slice(row * Width, Width).Fill(float.NaN);
            }
        }
    }

    /// <summary>Scores samples that are parts of a batch's rows, such as its turns: n x <see cref="Width"/> numbers; those that fail become NaN and are named likewise.</summary>
    public float[] Score(RowBatch batch, IReadOnlyList<Sample> samples, CancellationToken token)
    {
        using TokenizedRows tokens = _encoder.Encode(samples);
        float[] into = new float[checked(samples.Count * Width)];
        _pass.Run(tokens, _answers ?? WholeRows(tokens), into, (row, reason) => batch.Unscored.Add(new UnscoredRow(samples[row].Origin, Manifest.Name, reason)), token);
        return into;
    }

    /// <summary>The mean loss, in nats, of each sequence's tokens within its spans, by a causal model. Throws <see cref="InvalidOperationException"/> when the model is none.</summary>
    /// <param name="tokens">The sequences; one of length -1 is left out and gives NaN.</param>
    /// <param name="spans">For each the spans to average; at least one position after 0, unless it is left out.</param>
    /// <param name="onFailure">Takes a sequence that could not be scored, and why.</param>
    /// <param name="token">Cancels between batches.</param>
    public float[] MeanLosses(TokenizedRows tokens, IReadOnlyList<TokenSpan[]> spans, Action<int, string> onFailure, CancellationToken token)
    {
        if (_answers is not null)
        {
            throw new InvalidOperationException($"This is a bug: {Manifest.Name} is no causal model.");
        }

        float[] into = new float[spans.Count];
        Array.Fill(into, float.NaN);
        _pass.Run(tokens, new LossAnswers(Manifest.Output.Kind, Manifest.Output.Width, spans), into, onFailure, token);
        return into;
    }

    /// <summary>Runs the manifest's example and compares: the output's numbers, or of a causal model the loss of each token, 0 for the first.</summary>
    public ModelCheck Check(CancellationToken token)
    {
        if (Manifest.Example is not { } example)
        {
            return new ModelCheck(Manifest.Name, [], [], double.NaN, 0);
        }

        float[] found = _answers is null
            ? TokenLosses(example.Text, example.Expected.Count, token)
            : example.Pair is null
            ? Score([example.Text.AsMemory()], token)
            : ScorePairs([example.Text.AsMemory()], [example.Pair.AsMemory()], token);
        double difference = example.Expected.Select((expected, i) => i < found.Length ? Math.Abs((double)expected - found[i]) : double.PositiveInfinity).Max();
        return new ModelCheck(Manifest.Name, found, example.Expected, difference, example.Tolerance);
    }

    /// <summary>Unloads the graph.</summary>
    public void Dispose() => _session.Dispose();

    private static BatchLimits Limits(ModelManifest manifest, IInferenceSession session, TensorInfo output, InferenceOptions options)
    {
        bool onCpu = session.Provider.StartsWith("CPU", StringComparison.Ordinal);
        int tokens = manifest.BatchTokens > 0 ? Math.Min(options.BatchTokens, manifest.BatchTokens) : options.BatchTokens;
        if (manifest.Output.Kind == OutputKind.Logits && output.Shape.Count == 3)
        {
            tokens = Math.Min(tokens, Math.Max(1, MostLogitBytes / sizeof(float) / manifest.Output.Width));
        }

        int call = onCpu ? CpuCallTokens : DeviceCallTokens;
        return new BatchLimits(tokens, options.BatchRows, Math.Max(call, manifest.CallTokens));
    }

    private static int[] AnswerIds(ModelManifest manifest, ITokenizer tokenizer) => [.. manifest.Choices.Select(choice =>
        choice.Token is null ? choice.Id
        : tokenizer.TryGetId(choice.Token, out int id) && id < manifest.Output.Width ? id
        : throw new ModelException($"Found the answer '{choice.Token}' under 'choices' in {manifest.Path}, expected a token of {manifest.TokenizerPath}. Write the token as the vocabulary has it, or its id."))];

    private static LossAnswers Losses(ModelManifest manifest, TokenizedRows tokens, Func<int, TokenSpan> span)
    {
        TokenSpan[][] spans = new TokenSpan[tokens.Lengths.Length][];
        for (int row = 0; row < spans.Length; row++)
        {
            spans[row] = [span(row)];
        }

        return new LossAnswers(manifest.Output.Kind, manifest.Output.Width, spans);
    }

    private LossAnswers WholeRows(TokenizedRows tokens) => Losses(Manifest, tokens, row => new TokenSpan(1, Math.Max(0, tokens.LengthOf(row))));

    /// <summary>The losses of a text's first tokens by a causal model, 0 for the first.</summary>
    public float[] TokenLosses(string text, int count, CancellationToken token)
    {
        // The same text once for each of its tokens: a reader gives one number a row, and an example is short.
        using TokenizedRows tokens = _encoder.Encode(Enumerable.Repeat(text.AsMemory(), count).ToArray());
        float[] found = new float[Math.Min(count, tokens.LengthOf(0))];
        float[] into = new float[count];
        _pass.Run(tokens, Losses(Manifest, tokens, row => new TokenSpan(row, row + 1)), into, static (_, _) => { }, token);
        into.AsSpan(0, found.Length).CopyTo(found);
        found[0] = 0;
        return found;
    }

    private float[] Score(TokenizedRows tokens, CancellationToken token)
    {
        int count = tokens.Lengths.Length;
        float[] into = new float[checked(count * Width)];
        _pass.Run(tokens, _answers ?? WholeRows(tokens), into, (row, reason) => throw new InferenceException(
            string.Create(CultureInfo.InvariantCulture, $"The model {Manifest.Name} could not score text {row + 1} of {count}: {reason}")) { Row = row }, token);
        return into;
    }
}
