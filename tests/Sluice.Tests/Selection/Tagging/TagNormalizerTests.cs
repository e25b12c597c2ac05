using Sluice.Records;
using Sluice.Selection.TagCoverage;
using Sluice.Selection.Tagging;

namespace Sluice.Tests.Selection.Tagging;

public sealed class TagNormalizerTests
{
    private static readonly TagNormalization s_off = new() { MinCount = 1, Rules = false, SemanticDistance = 0, MinSupport = 0 };

    private static readonly string[][] s_rows =
    [
        ["Poem", "poetry"], ["poems", "writing"], ["poems"], ["verse", "writing"], ["verse"], ["sorting", "python", "code"], ["python", "code"], ["code"], ["rare"],
    ];

    [Fact]
    public void Run_EveryStage_CountsTagsAfterEach()
    {
        NormalizedTags made = Run(new TagNormalization { MinCount = 2, Rules = true, SemanticDistance = 0.05, MinSupport = 2, MinConfidence = 0.99 }, [
            ["Poem", "poetry"], ["Poem", "poetry"], ["poems", "writing"], ["poems"], ["poems"], ["verse", "writing"], ["verse"], ["python", "code"], ["python", "code"], ["code"], ["rare"],
        ]);

        Assert.Equal(8, made.Raw);
        Assert.Equal([(TagChange.Frequency, 7), (TagChange.Rules, 6), (TagChange.Semantic, 5), (TagChange.Association, 2)], made.After.Select(a => (a.Key, a.Value)));
        Assert.Equal(
            ["Poem=poems Rules", "code=code None", "poems=poems None", "poetry=poems Association", "python=code Association", "rare= Frequency", "verse=poems Semantic", "writing=poems Association"],
            made.Entries.Select(Show).Order(StringComparer.Ordinal));

        // poetry to poems and writing to poems (verse counts as one), python to code; nothing more the second time.
        Assert.Equal(3, made.AssociationRules);
        Assert.Equal(2, made.Passes);
    }

    [Fact]
    public void Run_AllStagesOff_KeepsEveryTag()
    {
        NormalizedTags made = Run(s_off, s_rows);

        Assert.All(made.Entries, e => Assert.Equal(e.Tag, e.Atomic));
        Assert.Empty(made.After);
    }

    [Fact]
    public void Run_FrequencyAlone_CountsRowsAndNotMentions()
    {
        NormalizedTags made = Run(s_off with { MinCount = 2 }, [["a", "a"], ["b"], ["b"]]);

        Assert.Equal(["a=", "b=b"], made.Entries.Select(e => $"{e.Tag}={e.Atomic}"));
    }

    [Fact]
    public void Run_RulesAlone_TheMostFrequentWritingNamesTheGroup()
    {
        NormalizedTags made = Run(s_off with { Rules = true }, [["Data-Analysis"], ["data analysis"], ["data analysis"], ["Sorting"], ["sorts"]]);

        // Of two as frequent the first by ordinal.
        Assert.Equal(["Data-Analysis=data analysis", "data analysis=data analysis", "Sorting=Sorting", "sorts=Sorting"], made.Entries.Select(e => $"{e.Tag}={e.Atomic}"));
    }

    [Fact]
    public void Run_Associations_AreMergedUntilThereAreNoMore()
    {
        // b comes with a as often as with c, so only when these two are one does it always come with the same tag.
        string[][] rows = [["a", "c"], ["a", "c"], ["a", "c"], ["a", "b"], ["b", "c"], ["d"]];
        NormalizedTags made = Run(s_off with { MinSupport = 2, MinConfidence = 0.75 }, rows);

        Assert.Equal(["a=a", "b=a", "c=a", "d=d"], made.Entries.Select(e => $"{e.Tag}={e.Atomic}").Order(StringComparer.Ordinal));
        Assert.Equal(3, made.AssociationRules);
        Assert.Equal(3, made.Passes);
    }

    [Fact]
    public void Run_TagThatImpliesTwo_MergesIntoOneOrMakesThemOne()
    {
        string[][] rows = [["haiku", "poem", "text"], ["haiku", "poem", "text"], ["poem"], ["text"], ["text"]];
        TagNormalization into = s_off with { MinSupport = 2, MinConfidence = 0.99 };

        Assert.Equal(["haiku=poem", "poem=poem", "text=text"], Run(into, rows).Entries.Select(e => $"{e.Tag}={e.Atomic}"));
        Assert.Equal(["haiku=text", "poem=text", "text=text"], Run(into with { MergeGroups = true }, rows).Entries.Select(e => $"{e.Tag}={e.Atomic}"));
    }

    [Fact]
    public void Run_RowsInAnyOrder_GiveTheSameTable()
    {
        TagNormalization all = new() { MinCount = 1, MinSupport = 2, MinConfidence = 0.6 };
        string[] expected = [.. Run(all, s_rows).Entries.Select(Show).Order(StringComparer.Ordinal)];

        for (int seed = 1; seed <= 5; seed++)
        {
            string[][] shuffled = [.. s_rows];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Run(all, shuffled).Entries.Select(Show).Order(StringComparer.Ordinal));
        }
    }

    private static string Show(TagEntry entry) => $"{entry.Tag}={entry.Atomic} {entry.Change}";

    private static NormalizedTags Run(TagNormalization options, string[][] rows)
    {
        List<string> names = [];
        TagSetsBuilder builder = new();
        foreach (string[] row in rows)
        {
            foreach (string tag in row)
            {
                if (!names.Contains(tag))
                {
                    names.Add(tag);
                }

                builder.Add(names.IndexOf(tag));
            }

            builder.EndRow();
        }

        return new TagNormalizer(options, new Meanings(), static (_, _) => { }).Run(builder.Build(names.Count), names, default);
    }

    // Verses and poems mean the same here, and every other tag something of its own.
    private sealed class Meanings : ITagVectors
    {
        public VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token)
        {
            float[] values = new float[tags.Count * 10];
            for (int i = 0; i < tags.Count; i++)
            {
                values[(i * 10) + (tags[i] is "verse" or "poems" ? 9 : i)] = 1;
            }

            return new VectorData(values, 10);
        }
    }
}
