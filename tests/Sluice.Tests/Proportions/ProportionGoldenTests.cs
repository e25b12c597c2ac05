using System.Text.Json;
using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class ProportionGoldenTests
{
    private static readonly string[] s_three = ["math", "code", "chat"];
    private static readonly double[] s_alpha = [0.2, 0.3, 0.5];
    private static readonly double[,] s_gamma = { { 1, 0.5, -0.2 }, { 0.3, 1, 0.1 }, { -0.4, 0.2, 1 } };
    private readonly ClpSolver _solver = new();

    [Theory]
    [InlineData(0.03, new[] { 0.17, 0.33, 0.50 }, 0.4253)]
    [InlineData(0.05, new[] { 0.15, 0.35, 0.50 }, 0.4335)]
    [InlineData(0.10, new[] { 0.10, 0.40, 0.50 }, 0.454)]
    [InlineData(0.25, new[] { 0.00, 0.55, 0.45 }, 0.4955)]
    [InlineData(1.00, new[] { 0.00, 1.00, 0.00 }, 0.5)]
    public void Solve_Box_GivesPublishedShares(double change, double[] weights, double objective)
    {
        ProportionAnswer answer = ProportionSolver.Solve(Three(change, null), _solver);
        Near(weights, answer.Weights);
        Near([0.09, 0.50, 0.49], answer.Worth);
        Assert.Equal(objective, answer.Objective, 1e-9);
        Assert.Equal(answer.Objective, answer.DualObjective, 1e-9);
    }

    [SharedFact("goldens.json")]
    public void Solve_SharedGoldens_SameShares()
    {
        using JsonDocument goldens = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("goldens.json")));
        JsonElement golden = goldens.RootElement.GetProperty("eecpo");
        Near(Numbers(golden, "s"), ProportionSolver.Solve(Three(0.03, null), _solver).Worth);
        Near(Numbers(golden, "lpBox0.03"), ProportionSolver.Solve(Three(0.03, null), _solver).Weights);
        Near(Numbers(golden, "lpBox0.25"), ProportionSolver.Solve(Three(0.25, null), _solver).Weights);
    }

    [SharedTheory("gamma/lp_uniform_tau003.json")]
    [InlineData("Gamma_as_printed", false)]
    [InlineData("Gamma_transposed", true)]
    public void Solve_QwenMatrixUniformShift_GivesGoldenShares(string orientation, bool transposed)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("gamma/lp_uniform_tau003.json")));
        JsonElement golden = document.RootElement.GetProperty("orientations").GetProperty(orientation);
        string[] order = [.. document.RootElement.GetProperty("category_order").EnumerateArray().Select(v => v.GetString()!)];
        CategoryMatrix matrix = transposed ? EffectEquivalence.Qwen().Transposed() : EffectEquivalence.Qwen();
        Assert.Equal(order, matrix.Categories);
        ProportionAnswer answer = ProportionSolver.Solve(
            new ProportionProblem { Categories = order, Importance = [.. order.Select(_ => 1.0)], Matrix = matrix, Count = 1000, Shift = 0.03 },
            _solver);
        Near(Numbers(golden, "w"), answer.Weights);
        Near(Numbers(golden, "c"), answer.Worth);
        Assert.Equal(golden.GetProperty("objective_at_optimum").GetDouble(), answer.Objective, 1e-9);
        Assert.Equal(answer.Objective, answer.DualObjective, 1e-9);

        // One more unit of shift moves one unit from the worst to the best category.
        Assert.Equal(golden.GetProperty("gain").GetDouble() / 0.03, answer.Duals["Shift"], 1e-9);
    }

    [SharedTheory("gamma/effect_equivalence_qwen_aligned.csv")]
    [InlineData("gamma/effect_equivalence_qwen.csv")]
    [InlineData("gamma/effect_equivalence_qwen_aligned.csv")]
    public void Qwen_AnyColumnOrder_SameMatrix(string file)
    {
        CategoryMatrix shipped = EffectEquivalence.Qwen();
        CategoryMatrix read = CategoryMatrix.Read(Repository.Shared(file));
        Assert.Equal(28, shipped.Categories.Count);
        Assert.Equal(read.Align(shipped.Categories, UnknownCategory.Refuse).Cast<double>(), shipped.Align(shipped.Categories, UnknownCategory.Refuse).Cast<double>());
        Assert.All(shipped.Categories, category => Assert.Equal(1, shipped[category, category]));
        Assert.Equal(-0.3959, shipped["Text Summarization", "Algorithm Design"]);
    }

    private static ProportionProblem Three(double? change, double? shift) => new()
    {
        Categories = s_three,
        Importance = s_alpha,
        Matrix = new CategoryMatrix("test", s_three, s_gamma),
        Count = 100,
        MaxChange = change,
        Shift = shift,
    };

    private static double[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }
}
