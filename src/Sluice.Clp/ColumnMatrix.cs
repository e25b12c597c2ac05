using Sluice.Proportions;

namespace Sluice.Clp;

/// <summary>The constraints column by column, as CLP reads them.</summary>
/// <param name="Starts">Where each column's entries begin, and one past the last.</param>
/// <param name="Rows">Constraint of each entry, ascending inside a column.</param>
/// <param name="Values">Coefficient of each entry.</param>
internal sealed record ColumnMatrix(int[] Starts, int[] Rows, double[] Values)
{
    public static ColumnMatrix From(LinearProgram program)
    {
        int columns = program.Objective.Length;
        int[] starts = new int[columns + 1];
        foreach (LinearConstraint constraint in program.Constraints)
        {
            foreach (int column in constraint.Columns)
            {
                starts[column + 1]++;
            }
        }

        for (int column = 0; column < columns; column++)
        {
            starts[column + 1] += starts[column];
        }

        int[] next = starts[..columns];
        int[] rows = new int[starts[columns]];
        double[] values = new double[starts[columns]];
        for (int row = 0; row < program.Constraints.Count; row++)
        {
            LinearConstraint constraint = program.Constraints[row];
            for (int k = 0; k < constraint.Columns.Length; k++)
            {
                int at = next[constraint.Columns[k]]++;
                rows[at] = row;
                values[at] = constraint.Values[k];
            }
        }

        return new ColumnMatrix(starts, rows, values);
    }
}
