using System.Globalization;
using Sluice.Configuration;

namespace Sluice.Recipes.Steps;

/// <summary>What can be said against the limits of <see cref="ProportionsStep"/> before any row is known.</summary>
internal static class ProportionLimits
{
    /// <summary>Adds every limit that can hold for no pool.</summary>
    public static void Check(ProportionsStepOptions options, string key, List<ConfigurationError> errors)
    {
        foreach ((string category, double[] range) in options.Bounds)
        {
            if (range.Length != 2 || !(range[0] >= 0 && range[0] <= range[1] && range[1] <= 1))
            {
                errors.Add(new($"{key}:Bounds:{category}", $"Found [{Join(range)}], expected [min, max] with 0 <= min <= max <= 1: shares of the selection."));
            }
        }

        double least = options.Bounds.Values.Where(r => r.Length == 2).Sum(r => r[0]);
        if (least > 1 + 1e-12)
        {
            errors.Add(new($"{key}:Bounds", string.Create(CultureInfo.InvariantCulture, $"The least shares add up to {least:0.####}, expected at most 1. Lower one of them.")));
        }

        for (int i = 0; i < options.Groups.Count; i++)
        {
            ProportionGroupOptions group = options.Groups[i];
            if (group.Categories.Count == 0)
            {
                errors.Add(new($"{key}:Groups:{i}:Categories", "Found none, expected the categories whose joint share is limited."));
            }

            if (group.Min > group.Max)
            {
                errors.Add(new($"{key}:Groups:{i}", string.Create(CultureInfo.InvariantCulture, $"Found Min {group.Min} above Max {group.Max}.")));
            }
        }
    }

    private static string Join(double[] values) => string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
}
