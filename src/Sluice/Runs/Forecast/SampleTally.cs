using Sluice.Records;

namespace Sluice.Runs.Forecast;

/// <summary>What a sample's rows turned out to be, place by place. Fed by the flow's end, one batch at a time.</summary>
/// <param name="places">Places.</param>
internal sealed class SampleTally(int places)
{
    private readonly List<int> _placeOfRow = [];
    private readonly List<int> _groupOfRow = [];

    /// <summary>Rows read, at each place.</summary>
    public long[] Read { get; } = new long[places];

    /// <summary>Rows rejected, at each place.</summary>
    public long[] Rejected { get; } = new long[places];

    /// <summary>Raw bytes of rows, at each place.</summary>
    public long[] Bytes { get; } = new long[places];

    /// <summary>Bytes of the file (decompressed) that the rows of each place take with all that lies between them.</summary>
    public long[] Span { get; } = new long[places];

    /// <summary>Rows read.</summary>
    public long Rows => Read.Sum();

    /// <summary>Sound rows: those of the pool.</summary>
    public long Sound => _placeOfRow.Count;

    /// <summary>Sound rows that repeat none.</summary>
    public long Kept { get; private set; }

    /// <summary>Rows that repeat an earlier one by their whole content.</summary>
    public long Exact { get; private set; }

    /// <summary>Rows that models could not score, a row once a model.</summary>
    public long Unscored { get; private set; }

    /// <summary>Shingles of the kept rows.</summary>
    public long Shingles { get; private set; }

    /// <summary>Takes a finished batch.</summary>
    public void Add(int place, RowBatch batch)
    {
        Read[place] += batch.Read;
        Rejected[place] += batch.Rejections.Count;
        Bytes[place] += batch.Bytes;
        Unscored += batch.Unscored.Count;
        for (int i = 0; i < batch.Samples.Count; i++)
        {
            Sample sample = batch.Samples[i];
            _placeOfRow.Add(place);
            // An exact repeat may point at a row that nearly repeats another: its group is that row's.
            _groupOfRow.Add(sample.IsDuplicate ? _groupOfRow[(int)sample.DuplicateOf] : (int)sample.Row);
            if (sample.IsDuplicate)
            {
                Exact += sample.IsExactDuplicate ? 1 : 0;
                continue;
            }

            Kept++;
            Shingles += batch.Shingles?.Set(i).Length ?? 0;
        }
    }

    /// <summary>Rows that say the same: for each group of two or more its rows, and the places they were found at.</summary>
    public IReadOnlyList<(int Rows, int Places)> Groups() =>
        [.. _groupOfRow.Select((group, row) => (group, place: _placeOfRow[row])).GroupBy(r => r.group).Select(g => (g.Count(), g.Select(r => r.place).Distinct().Count())).Where(g => g.Item1 > 1)];
}
