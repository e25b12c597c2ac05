using Sluice.Proportions;

namespace Sluice.Tests.Clp;

internal static class RandomPrograms
{
    /// <summary>2 to 4 boxed variables, 1 to 4 rows with small whole coefficients (so that degenerate and infeasible ones are common).</summary>
    public static LinearProgram Tiny(Random random)
    {
        int n = random.Next(2, 5);
        double[] lower = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(-2, 1))];
        double[] upper = [.. lower.Select(l => l + random.Next(0, 5))];
        double[] objective = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(-4, 5))];
        LinearConstraint[] rows = [.. Enumerable.Range(0, random.Next(1, 5)).Select(r => Row(random, r, n))];
        return new LinearProgram(objective, lower, upper, rows);
    }

    /// <summary>The shape of a proportions problem: shares that sum to 1 in a box, and two groups with room around the present shares.</summary>
    public static LinearProgram Shares(Random random, int categories)
    {
        double[] alpha = [.. Enumerable.Range(0, categories).Select(_ => random.NextDouble() + 0.01)];
        double sum = alpha.Sum();
        alpha = [.. alpha.Select(a => a / sum)];
        int[] all = [.. Enumerable.Range(0, categories)];
        int[] odd = [.. all.Where(c => c % 2 == 1)];
        double odds = odd.Sum(c => alpha[c]);
        return new LinearProgram(
            [.. alpha.Select(_ => (random.NextDouble() * 2) - 1)],
            [.. alpha.Select(a => Math.Max(0, a - 0.02))],
            [.. alpha.Select(a => a + 0.02)],
            [
                new("total", all, [.. all.Select(_ => 1.0)], 1, 1),
                new("odd", odd, [.. odd.Select(_ => 1.0)], odds - 0.01, odds + 0.01),
                new("weighted", all, [.. all.Select(_ => random.NextDouble())], double.NegativeInfinity, 0.6),
            ]);
    }

    private static LinearConstraint Row(Random random, int number, int n)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(-3, 4))];
        double middle = random.Next(-4, 8);
        return random.Next(3) switch
        {
            0 => new($"row {number}", [.. Enumerable.Range(0, n)], values, middle, middle),
            1 => new($"row {number}", [.. Enumerable.Range(0, n)], values, double.NegativeInfinity, middle),
            _ => new($"row {number}", [.. Enumerable.Range(0, n)], values, middle - random.Next(0, 4), middle),
        };
    }
}
