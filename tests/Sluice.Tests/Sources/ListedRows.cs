using System.Text;
using Sluice.Records;

namespace Sluice.Tests.Sources;

/// <summary>A table in memory, read in batches of three; from the row where it is damaged on it cannot be read.</summary>
internal sealed class ListedRows(string[] rows, int damagedFrom = int.MaxValue) : IParquetRows
{
    public ParquetShape ReadShape(string path) => new(rows.Length, [rows.Length], []);

    public IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRows(string path, long firstRow, CancellationToken token)
    {
        byte[] shared = new byte[100_000];
        for (int at = (int)firstRow; at < rows.Length; at += 3)
        {
            token.ThrowIfCancellationRequested();
            List<ReadOnlyMemory<byte>> batch = [];
            int used = 0;
            for (int row = at; row < Math.Min(at + 3, rows.Length); row++)
            {
                if (row >= damagedFrom)
                {
                    if (batch.Count > 0)
                    {
                        yield return batch;
                    }

                    throw new InvalidDataException($"{path}: page of row {row} is damaged.");
                }

                int length = Encoding.UTF8.GetBytes(rows[row], shared.AsSpan(used));
                batch.Add(shared.AsMemory(used, length));
                used += length;
            }

            yield return batch;
        }
    }
}
