using System.Buffers;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Recipes;

namespace Sluice.Sinks;

/// <summary>Writes <c>selection.jsonl</c>: a line a chosen row with its rank, row, id and the figures that steps used.</summary>
internal static class SelectionWriter
{
    public const string FileName = "selection.jsonl";

    /// <param name="output">Where.</param>
    /// <param name="pool">Gives the ids.</param>
    /// <param name="outcome">The chosen rows, by rank, with the figures of steps.</param>
    /// <param name="numbers">Columns of numbers by name, over all pool rows, that stand beside each row.</param>
    /// <param name="texts">Columns of texts by name, over all pool rows.</param>
    /// <param name="token">Stops the writing.</param>
    public static void Write(
        OutputFolder output, PoolReader pool, RecipeOutcome outcome, IReadOnlyDictionary<string, double[]> numbers,
        IReadOnlyDictionary<string, string?[]> texts, CancellationToken token)
    {
        IReadOnlyList<long> selected = outcome.Selected;
        using DiskFile stream = output.Create(FileName);

        // A line is gathered first: the writer would flush the file with each.
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter writer = new(line, new JsonWriterOptions { Encoder = PoolJson.Options.Encoder });
        for (int rank = 0; rank < selected.Count; rank++)
        {
            token.ThrowIfCancellationRequested();
            long row = selected[rank];
            writer.WriteStartObject();
            writer.WriteNumber("rank", rank);
            writer.WriteNumber("row", row);
            writer.WriteString("id", pool.Id(row));
            foreach ((string name, string?[] values) in texts)
            {
                writer.WriteString(name, values[row]);
            }

            foreach ((string name, double[] values) in numbers)
            {
                Number(writer, name, values[row]);
            }

            foreach ((string name, IReadOnlyDictionary<long, double> values) in outcome.RowFigures)
            {
                if (values.TryGetValue(row, out double value))
                {
                    Number(writer, name, value);
                }
            }

            foreach ((string name, double[] values) in outcome.RankFigures)
            {
                Number(writer, name, values[rank]);
            }

            writer.WriteEndObject();
            writer.Flush();
            line.Write("\n"u8);
            stream.Write(line.WrittenSpan);
            line.ResetWrittenCount();
            writer.Reset();
        }

        stream.Flush();
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
