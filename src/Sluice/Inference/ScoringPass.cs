using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Sluice.Inference.Batching;
using Sluice.Inference.Manifests;

namespace Sluice.Inference;

/// <summary>Runs tokenised rows through a session, batch after batch, and puts every answer at its row's place.</summary>
internal sealed class ScoringPass(ModelManifest manifest, IInferenceSession session, int padId, BatchLimits limits, bool squeezed)
{
    // Padded tokens of the smallest batch refused for lack of memory so far. A batch as large is halved without a try: into the very pieces that a refused try would
    // have led to, so that the numbers are those of a pass that remembers nothing on a device whose memory does not change meanwhile.
    private long _refused = long.MaxValue;

    /// <summary>
    /// Scores the rows; those left out by the tokens keep what <paramref name="into"/> holds. Throws <see cref="InferenceException"/> that names model and row (its place
    /// in <see cref="InferenceException.Row"/>) when the library refuses a row even alone, or the model gives a number that is not finite.
    /// </summary>
    /// <param name="tokens">The rows.</param>
    /// <param name="into">Rows x width.</param>
    /// <param name="nameRow">What to call a row in an error.</param>
    /// <param name="token">Cancels between batches.</param>
    public void Run(TokenizedRows tokens, Span<float> into, Func<int, string> nameRow, CancellationToken token)
    {
        var plan = BatchPlan.Create(tokens.Lengths, limits);
        for (int batch = 0; batch < plan.Count; batch++)
        {
            token.ThrowIfCancellationRequested();
            RunOrHalve(plan[batch], tokens, into, nameRow);
        }
    }

    private void RunOrHalve(ReadOnlySpan<int> rows, TokenizedRows tokens, Span<float> into, Func<int, string> nameRow)
    {
        if (rows.Length == 1 || PaddedTokens(rows, tokens) < Volatile.Read(ref _refused))
        {
            try
            {
                RunBatch(rows, tokens, into);
                CheckFinite(rows, into, nameRow);
                return;
            }
            catch (InferenceException refusal) when (refusal.Row is null && rows.Length == 1)
            {
                string remedy = refusal.IsOutOfMemory ? " Memory is lacking for this row alone: lower the model's maxTokens, free memory, or raise Inference:MemoryLimitMegabytes." : "";
                throw new InferenceException($"The model {manifest.Name} could not score {nameRow(rows[0])} ({tokens.LengthOf(rows[0])} tokens): {refusal.Message}{remedy}", refusal)
                {
                    IsOutOfMemory = refusal.IsOutOfMemory,
                    Row = rows[0],
                };
            }
            catch (InferenceException refusal) when (refusal.Row is null)
            {
                // Too little memory for the batch: half of it may fit. Any other fault ends at the row that has it.
                if (refusal.IsOutOfMemory)
                {
                    Remember(PaddedTokens(rows, tokens));
                }
            }
        }

        RunOrHalve(rows[..(rows.Length / 2)], tokens, into, nameRow);
        RunOrHalve(rows[(rows.Length / 2)..], tokens, into, nameRow);
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

    private void RunBatch(ReadOnlySpan<int> rows, TokenizedRows tokens, Span<float> into)
    {
        using var inputs = new PaddedInputs(manifest.Inputs, tokens, rows, padId);
        switch (manifest.Output.Type)
        {
            case TensorType.Float32:
                RunBatch<float>(inputs, rows, tokens, into);
                break;
            case TensorType.Float16:
                RunBatch<Half>(inputs, rows, tokens, into);
                break;
            default:
                RunBatch<double>(inputs, rows, tokens, into);
                break;
        }
    }

    private void RunBatch<T>(PaddedInputs inputs, ReadOnlySpan<int> rows, TokenizedRows tokens, Span<float> into)
        where T : struct, INumber<T>
    {
        int width = manifest.Output.Width;
        bool pooled = manifest.Pooling != Pooling.None;
        int numbers = (pooled ? inputs.Length : 1) * width;
        long[] shape = pooled ? [rows.Length, inputs.Length, width] : squeezed ? [rows.Length] : [rows.Length, width];
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
                ReadOnlySpan<float> answer = answers.AsSpan(i * numbers, numbers);
                Finish(answer, tokens.LengthOf(rows[i]), into.Slice(rows[i] * width, width));
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

    private void Finish(ReadOnlySpan<float> answer, int length, Span<float> row)
    {
        if (manifest.Pooling == Pooling.None)
        {
            answer.CopyTo(row);
        }
        else
        {
            RowPooling.Pool(manifest.Pooling, answer, length, row);
        }

        if (manifest.Normalize)
        {
            RowPooling.Normalize(row);
        }
    }

    private void CheckFinite(ReadOnlySpan<int> rows, ReadOnlySpan<float> into, Func<int, string> nameRow)
    {
        int width = manifest.Output.Width;
        foreach (int row in rows)
        {
            ReadOnlySpan<float> answer = into.Slice(row * width, width);
            if (!TensorPrimitives.IsFiniteAll(answer))
            {
                int fault = answer.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
                throw new InferenceException(
                    $"The model {manifest.Name} gave {answer[fault]} at position {fault} of its output '{manifest.Output.Name}' for {nameRow(row)}, expected a finite number. Repair or replace the model.")
                {
                    Row = row,
                };
            }
        }
    }
}
