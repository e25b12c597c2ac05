using System.Globalization;
using Sluice.Records;
using Sluice.Recipes;

namespace Sluice.Tests.Recipes;

public sealed class RowDropsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_RandomSteps_AreThoseOfAPlainDictionary(int seed)
    {
        const int Rows = 200;
        Random random = new(seed);
        RowDrops drops = new(Rows);
        SortedDictionary<long, (int Step, string Reason)> plain = [];
        for (int step = 0; step < 6; step++)
        {
            long[] gone = [.. Enumerable.Range(0, Rows).Where(_ => random.Next(3) == 0).Select(r => (long)r)];
            long[] left = [.. Enumerable.Range(0, Rows).Where(_ => random.Next(8) == 0).Select(r => (long)r)];
            long[] kept = [.. Enumerable.Range(0, Rows).Where(_ => random.Next(4) == 0).Select(r => (long)r)];
            string words = $"step {step.ToString(CultureInfo.InvariantCulture)}";
            drops.Begin(new DropList(gone, i => $"{words}, place {i.ToString(CultureInfo.InvariantCulture)}"), words);
            foreach (long row in left)
            {
                drops.Restart(row);
                plain[row] = (step, words);
            }

            for (int i = 0; i < gone.Length; i++)
            {
                drops.Drop(gone[i], i);
                plain[gone[i]] = (step, $"{words}, place {i.ToString(CultureInfo.InvariantCulture)}");
            }

            foreach (long row in kept)
            {
                drops.Keep(row);
                plain.Remove(row);
            }
        }

        string[] names = [.. Enumerable.Range(0, 6).Select(i => $"Step{i.ToString(CultureInfo.InvariantCulture)}")];
        DroppedRows rows = new(drops, names);

        Assert.Equal(plain.Count, drops.Count);
        Assert.Equal(plain.Select(p => (p.Key, names[p.Value.Step], p.Value.Reason)), rows);
        Assert.Equal(plain.Select(p => p.Value.Step), rows.Steps);
        Assert.Equal(plain.Keys, Enumerable.Range(0, rows.Count).Select(i => DroppedRows.RowAt(rows, i)));
        Assert.Equal(plain.Select(p => names[p.Value.Step]), Enumerable.Range(0, rows.Count).Select(i => DroppedRows.StepAt([.. rows], i)));
    }

    [Fact]
    public void RowSet_RowsAddedTwice_CountOnce()
    {
        RowSet set = new RowSet(130).With([0, 63, 64, 129, 64]);

        Assert.Equal(4, set.Count);
        Assert.Equal([0, 63, 64, 129], Enumerable.Range(0, 130).Where(r => set.Contains(r)));
    }
}
