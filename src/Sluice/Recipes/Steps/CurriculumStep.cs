using System.Text.Json.Nodes;
using Sluice.Curriculum;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Orders the rows into three epochs, base categories more often in the first and dependent ones more often in the last: DT-CSFT ("Beyond IID", arXiv 2409.07045). A trainer reads
/// the answer once from top to bottom, without shuffling.
/// </summary>
internal sealed class CurriculumStep : IRecipeStep
{
    private readonly CurriculumStepOptions _options;
    private readonly CategoryGroups _groups;

    private CurriculumStep(CurriculumStepOptions options, CategoryGroups groups)
    {
        _options = options;
        _groups = groups;
    }

    public string Name => "Curriculum";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [_options.Column];

    public static CurriculumStep? Create(StepReading reading)
    {
        CurriculumStepOptions options = reading.Options<CurriculumStepOptions>();
        reading.Check(options.Taxonomy.Length == 0 || options.Base.Count + options.Dependent.Count == 0,
            "Found a Taxonomy and lists of categories too, expected either the file or Base and Dependent.", nameof(options.Taxonomy));
        string file = Path.GetFullPath(Path.Combine(reading.BaseFolder, options.Taxonomy));
        try
        {
            return new CurriculumStep(options, options.Taxonomy.Length > 0 ? TaxonomyFile.Read(file) : new CategoryGroups(
                options.Base.Count > 0 ? options.Base : CategoryGroups.Published.Base,
                options.Dependent.Count > 0 ? options.Dependent : CategoryGroups.Published.Dependent));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            reading.Check(false, exception.Message, nameof(options.Taxonomy));
        }
        catch (ArgumentException exception)
        {
            reading.Check(false, exception.Message);
        }

        return null;
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        string?[] texts = context.Texts(_options.Column);
        ILookup<CurriculumGroup, long> byGroup = context.Incoming.ToLookup(r => _groups.Of(texts[r]));
        CurriculumRows rows = new([.. byGroup[CurriculumGroup.Base]], [.. byGroup[CurriculumGroup.Middle]], [.. byGroup[CurriculumGroup.Dependent]]);
        int wanted = CurriculumSchedule.Shift(rows.Count, _options.Shift);
        WhenSmall whenSmall = _options.WhenSmall == "published" ? WhenSmall.Published : WhenSmall.Clamp;
        IReadOnlyList<long[]> blocks = CurriculumSchedule.Build(rows, wanted, whenSmall, _options.Seed);
        long[] kept = [.. blocks.SelectMany(b => b)];
        Dictionary<string, int> present = context.Incoming.Where(r => texts[r] is not null).GroupBy(r => texts[r]!).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new StepResult
        {
            Kept = kept,
            Dropped = [],
            RankFigures = new Dictionary<string, double[]> { ["epoch"] = [.. blocks.SelectMany((b, i) => Enumerable.Repeat(i + 1.0, b.Length))] },
            Figures = new JsonObject
            {
                ["column"] = _options.Column,
                ["rows"] = rows.Count,
                ["shift"] = whenSmall == WhenSmall.Clamp ? CurriculumSchedule.Clamped(rows, wanted) : wanted,
                ["shiftWanted"] = wanted,
                ["repeats"] = kept.Length - rows.Count,
                ["seed"] = _options.Seed,
                ["whenSmall"] = _options.WhenSmall,
                ["eachThreeTimes"] = kept.CountBy(r => r).All(r => r.Value == 3),
                ["epochs"] = new JsonArray([.. blocks.Select(b => (JsonNode)Counts(b, texts))]),
                ["groups"] = new JsonObject(Enum.GetValues<CurriculumGroup>().Select(g => KeyValuePair.Create(Key(g), (JsonNode?)new JsonObject(present
                    .Where(p => _groups.Of(p.Key) == g).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)))))),
                ["absent"] = new JsonArray([.. _groups.Absent(present.Keys).Select(c => (JsonNode)c)]),
                ["withoutCategory"] = context.Incoming.Count(r => texts[r] is null),
            },
        };
    }

    private JsonObject Counts(long[] block, string?[] texts)
    {
        Dictionary<CurriculumGroup, int> counts = block.CountBy(r => _groups.Of(texts[r])).ToDictionary();
        return new JsonObject(Enum.GetValues<CurriculumGroup>().Select(g => KeyValuePair.Create(Key(g), (JsonNode?)counts.GetValueOrDefault(g))));
    }

    private static string Key(CurriculumGroup group) => group switch
    {
        CurriculumGroup.Base => "base",
        CurriculumGroup.Middle => "middle",
        _ => "dependent",
    };
}
