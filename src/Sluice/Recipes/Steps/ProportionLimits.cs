using System.Globalization;
using Sluice.Configuration;

namespace Sluice.Recipes.Steps;

/// <summary>What can be said against the limits of <see cref="ProportionsStep"/> before any row is known.</summary>
internal static class ProportionLimits
{
    /// <summary>Adds every limit that can hold for no pool.</summary>
    public static void Check(ProportionsStepOptions options, string key, List<ConfigurationError> errors)
    {
        Ranges(options, key, errors);
        foreach ((string category, int rows) in options.MinCounts)
        {
            Rows($"{key}:MinCounts:{category}", rows, errors);
            if (options.MaxCounts.TryGetValue(category, out int most) && most < rows)
            {
                errors.Add(new($"{key}:MaxCounts:{category}", $"Found {most}, below MinCounts {rows}."));
            }
        }

        foreach ((string category, int rows) in options.MaxCounts)
        {
            Rows($"{key}:MaxCounts:{category}", rows, errors);
        }

        long least = options.MinCounts.Values.Sum(rows => (long)rows);
        if (least > options.Count)
        {
            errors.Add(new($"{key}:MinCounts", $"The least counts add up to {least}, expected at most Count, {options.Count}. Lower one of them."));
        }

        for (int i = 0; i < options.Groups.Count; i++)
        {
            Group(options.Groups[i], $"{key}:Groups:{i}", errors);
        }

        Method(options, key, errors);
    }

    private static void Ranges(ProportionsStepOptions options, string key, List<ConfigurationError> errors)
    {
        foreach ((string category, double[] range) in options.Bounds)
        {
            if (range.Length != 2 || !(range[0] >= 0 && range[0] <= range[1] && range[1] <= 1))
            {
                errors.Add(new($"{key}:Bounds:{category}", $"Found [{Join(range)}], expected [min, max] with 0 <= min <= max <= 1: shares of the selection."));
            }
        }

        foreach ((string category, double[] range) in options.RelativeBounds)
        {
            if (range.Length != 2 || !(range[0] >= 0 && range[0] <= range[1]))
            {
                errors.Add(new($"{key}:RelativeBounds:{category}", $"Found [{Join(range)}], expected [min, max] with 0 <= min <= max: multiples of the category's importance."));
            }
        }

        double least = options.Bounds.Values.Where(r => r.Length == 2).Sum(r => r[0]);
        if (least > 1 + 1e-12)
        {
            errors.Add(new($"{key}:Bounds", string.Create(CultureInfo.InvariantCulture, $"The least shares add up to {least:0.####}, expected at most 1. Lower one of them.")));
        }
    }

    private static void Rows(string key, int rows, List<ConfigurationError> errors)
    {
        if (rows < 0)
        {
            errors.Add(new(key, $"Found {rows}, expected 0 rows or more."));
        }
    }

    private static void Group(ProportionGroupOptions group, string key, List<ConfigurationError> errors)
    {
        if (group.Column.Length == 0 && group.Categories.Count == 0)
        {
            errors.Add(new($"{key}:Categories", "Found none, expected the categories whose joint share is limited, or a Column and its Values."));
        }

        if (group.Column.Length > 0 != group.Values.Count > 0)
        {
            errors.Add(new($"{key}:Values", group.Column.Length > 0
                ? $"Found none, expected the values of '{group.Column}' whose joint share is limited."
                : "Found values without a Column, expected the column that holds them."));
        }

        if (group.Min > group.Max)
        {
            errors.Add(new(key, string.Create(CultureInfo.InvariantCulture, $"Found Min {group.Min} above Max {group.Max}.")));
        }
    }

    // A limit that is silently without effect is worse than an error.
    private static void Method(ProportionsStepOptions options, string key, List<ConfigurationError> errors)
    {
        if (options.Method == "lp")
        {
            if (options.Optimizer != "first-step")
            {
                errors.Add(new($"{key}:Optimizer", $"Found '{options.Optimizer}', which has a meaning only with Method 'published'. Set Method, or leave Optimizer out."));
            }

            return;
        }

        (string Name, bool Given)[] without =
        [
            ("Count", options.Count is not null), ("MaxChange", options.MaxChange is not null), ("MaxRelativeChange", options.MaxRelativeChange is not null),
            ("Bounds", options.Bounds.Count > 0), ("RelativeBounds", options.RelativeBounds.Count > 0), ("MinCounts", options.MinCounts.Count > 0),
            ("MaxCounts", options.MaxCounts.Count > 0), ("Groups", options.Groups.Count > 0),
        ];
        foreach ((string name, _) in without.Where(option => option.Given))
        {
            errors.Add(new($"{key}:{name}", $"Method 'published' knows no {name}: it moves Shift of the rows that came in, and nothing else limits it. Leave it out, or set Method to 'lp'."));
        }
    }

    private static string Join(double[] values) => string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
}
