using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Sluice.Inference.Answers;
using Sluice.Inference.Batching;
using Sluice.Inference.Manifests;

namespace Sluice.Inference;

/// <summary>Runs tokenised rows through a session, batch after batch, and puts every answer at its row's place.</summary>
internal sealed class ScoringPass(ModelManifest manifest, IInferenceSession session, int padId, BatchLimits limits)
{
    // Padded tokens of the smallest batch refused for lack of memory so far. A batch as large is halved without a try: into the very pieces that a refused try would
    // have led to, so that the numbers are those of a pass that remembers nothing on a device whose memory does not change meanwhile.
    private long _refused = long.MaxValue;

    /// <summary>
    /// Scores the rows; those left out by the tokens keep what <paramref name="into"/> holds. A row that the library refuses even alone, or that the model answers with
    /// a number that is not finite, is given to <paramref name="onFailure"/> and its numbers become NaN.
    /// </summary>
    /// <param name="tokens">The rows.</param>
    /// <param name="reader">Reads the answers.</param>
    /// <param name="into">Rows x the reader's width.</param>
    /// <param name="onFailure">Takes a row and what went wrong with it, as one sentence; may throw.</param>
    /// <param name="token">Cancels between batches.</param>
    public void Run(TokenizedRows tokens, IAnswerReader reader, Span<float> into, Action<int, string> onFailure, CancellationToken token)
    {
        var plan = BatchPlan.Create(tokens.Lengths, limits);
        for (int batch = 0; batch < plan.Count; batch++)
        {
            token.ThrowIfCancellationRequested();
            RunOrHalve(plan[batch], tokens, reader, into, onFailure);
        }
    }

    private void RunOrHalve(ReadOnlySpan<int> rows, TokenizedRows tokens, IAnswerReader reader, Span<float> into, Action<int, string> onFailure)
    {
        bool isDone = false;
        if (rows.Length == 1 || PaddedTokens(rows, tokens) < Volatile.Read(ref _refused))
        {
            try
            {
                RunBatch(rows, tokens, reader, into);
                isDone = true;
            }
            catch (InferenceException refusal) when (rows.Length == 1)
            {
                into.Slice(rows[0] * reader.Width, reader.Width).Fill(float.NaN);
                string remedy = refusal.IsOutOfMemory ? " Memory is lacking for this row alone: lower the model's maxTokens, free memory, or raise Inference:MemoryLimitMegabytes." : "";
                onFailure(rows[0], $"it was refused ({tokens.LengthOf(rows[0])} tokens): {refusal.Message}{remedy}");
                return;
            }
            catch (InferenceException refusal)
            {
                // Too little memory for the batch: half of it may fit. Any other fault ends at the row that has it.
                if (refusal.IsOutOfMemory)
                {
                    Remember(PaddedTokens(rows, tokens));
                }
            }
        }

        if (isDone)
        {
            CheckFinite(rows, reader.Width, into, onFailure);
            return;
        }

        RunOrHalve(rows[..(rows.Length / 2)], tokens, reader, into, onFailure);
        RunOrHalve(rows[(rows.Length / 2)..], tokens, reader, into, onFailure);
    }

    // Rows stand in the order of their lengths.
    private static long PaddedTokens(ReadOnlySpan<int> rows, TokenizedRows tokens) => (long)rows.Length * Math.Max(1, tokens.LengthOf(rows[^1]));

    private void Remember(long refused)
    {
        for (long known = Volatile.Read(ref _refused); refused < known;)
        {
            long found = Interlocked.CompareExchange(ref _refused, refused, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }

    private void RunBatch(ReadOnlySpan<int> rows, TokenizedRows tokens, IAnswerReader reader, Span<float> into)
    {
        using var inputs = new PaddedInputs(manifest.Inputs, tokens, rows, padId);
        switch (manifest.Output.Type)
        {
            case TensorType.Float32:
                RunBatch<float>(inputs, rows, tokens, reader, into);
                break;
            case TensorType.Float16:
                RunBatch<Half>(inputs, rows, tokens, reader, into);
                break;
            default:
                RunBatch<double>(inputs, rows, tokens, reader, into);
                break;
        }
    }

    private void RunBatch<T>(PaddedInputs inputs, ReadOnlySpan<int> rows, TokenizedRows tokens, IAnswerReader reader, Span<float> into)
        where T : struct, INumber<T>
    {
        long[] shape = reader.Shape(rows.Length, inputs.Length);
        int numbers = 1;
        foreach (long dimension in shape.AsSpan(1))
        {
            numbers = checked(numbers * (int)dimension);
        }

        T[] raw = ArrayPool<T>.Shared.Rent(checked(rows.Length * numbers));
        float[]? converted = null;
        try
        {
            session.Run(inputs.Tensors, [new Tensor(manifest.Output.Name, raw, shape)]);
            if (raw is not float[] answers)
            {
                answers = converted = ArrayPool<float>.Shared.Rent(rows.Length * numbers);
                TensorPrimitives.ConvertTruncating(raw.AsSpan(0, rows.Length * numbers), answers.AsSpan());
            }

            for (int i = 0; i < rows.Length; i++)
            {
                reader.Read(answers.AsSpan(i * numbers, numbers), tokens.IdsOf(rows[i]), rows[i], into.Slice(rows[i] * reader.Width, reader.Width));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(raw);
            if (converted is not null)
            {
                ArrayPool<float>.Shared.Return(converted);
            }
        }
    }

    private void CheckFinite(ReadOnlySpan<int> rows, int width, Span<float> into, Action<int, string> onFailure)
    {
        foreach (int row in rows)
        {
            Span<float> answer = into.Slice(row * width, width);
            if (!TensorPrimitives.IsFiniteAll<float>(answer))
            {
                int fault = answer.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
                float found = answer[fault];
                answer.Fill(float.NaN);
                onFailure(row, $"Found {found} at position {fault} of its output '{manifest.Output.Name}', expected a finite number. Repair or replace the model.");
            }
        }
    }
}
