namespace Sluice.Recipes.Steps;

/// <summary>A column of one score a row or one a turn, read without an array a row where there is one a row.</summary>
internal sealed class TurnScores
{
    private readonly double[]? _single;
    private readonly double[]?[] _lists = [];
    private readonly string _column;

    /// <summary>Reads the column. Throws <see cref="RecipeException"/> when it holds no numbers.</summary>
    public TurnScores(StepContext context, string column)
    {
        _column = column;
        _single = context.SingleNumbers(column);
        if (_single is null)
        {
            _lists = context.NumberLists(column);
        }
    }

    /// <summary>Rows of the pool.</summary>
    public int Rows => _single?.Length ?? _lists.Length;

    /// <summary>Number of scores of a row.</summary>
    public int Count(long row) => _single is null ? _lists[row]?.Length ?? 0 : double.IsNaN(_single[row]) ? 0 : 1;

    /// <summary>A score of a row.</summary>
    public double At(long row, int turn) => _single is null ? _lists[row]![turn] : _single[row];

    /// <summary>Why the row has no scores that count; null when it has.</summary>
    public string? Lacks(long row)
    {
        int count = Count(row);
        if (count == 0)
        {
            return $"{_column} is absent, so the row has no score";
        }

        for (int turn = 0; turn < count; turn++)
        {
            if (!double.IsFinite(At(row, turn)))
            {
                return $"{_column} of a turn is absent, so the row has no score";
            }
        }

        return null;
    }
}
