using System.Globalization;
using Sluice.Records;

namespace Sluice.Topology;

/// <summary>Counts the rows that models could not score, remembers the first of them, and gives the run up when they are too many: then a model is broken, not a row.</summary>
internal sealed class UnscoredGuard(int most, Action<UnscoredRow> say)
{
    private const int Remembered = 20;
    private readonly List<UnscoredRow> _first = [];

    /// <summary>Rows that a model could not score in this run; a row counts once a model.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them, at most 20.</summary>
    public IReadOnlyList<UnscoredRow> First => _first;

    /// <summary>Counts a batch. Throws <see cref="TooManyUnscoredException"/> with the last reason when there are more than the limit.</summary>
    public void Add(RowBatch batch)
    {
        foreach (UnscoredRow row in batch.Unscored)
        {
            Count++;
            if (_first.Count < Remembered)
            {
                _first.Add(row);
                say(row);
            }

            if (Count > most)
            {
                throw new TooManyUnscoredException(string.Create(CultureInfo.InvariantCulture,
                    $"Models failed to score {Count} rows, over the limit Inference:MaxUnscored = {most}. The last one, row {row.Origin.Number} of its file, by {row.Stage}: {row.Reason} Mend what it says ('sluice models check' tries the models), or raise the limit."));
            }
        }
    }
}
