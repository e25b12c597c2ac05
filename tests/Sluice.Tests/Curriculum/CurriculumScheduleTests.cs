using Sluice.Curriculum;

namespace Sluice.Tests.Curriculum;

public sealed class CurriculumScheduleTests
{
    [Fact]
    public void Build_GoldenOf108Rows_HasThePublishedStructure()
    {
        CurriculumRows rows = Rows(40, 12, 56);
        int shift = CurriculumSchedule.Shift(rows.Count, null);
        IReadOnlyList<long[]> blocks = CurriculumSchedule.Build(rows, shift, WhenSmall.Clamp, 2024);

        Assert.Equal(10, shift);
        Assert.Equal([(50, 12, 46), (40, 12, 56), (30, 12, 66)], blocks.Select(b => Counts(b, rows)));
        Assert.Equal([98, 108, 98], blocks.Select(b => b.Distinct().Count()));
        Assert.Equal([10, 0, 10], blocks.Select(b => Twice(b).Length));
        Assert.Equal([10, 0, 10], blocks.Select(b => Missing(b, rows).Length));
        Assert.Equal(Twice(blocks[0]), Missing(blocks[2], rows));
        Assert.Equal(Twice(blocks[2]), Missing(blocks[0], rows));
        Assert.All(blocks.SelectMany(b => b).CountBy(r => r), r => Assert.Equal(3, r.Value));
    }

    [Fact]
    public void Build_FewBaseRowsAsPublished_HasBlocksOf430And468And468()
    {
        CurriculumRows rows = Rows(8, 180, 280);
        int shift = CurriculumSchedule.Shift(rows.Count, null);
        IReadOnlyList<long[]> blocks = CurriculumSchedule.Build(rows, shift, WhenSmall.Published, 2024);

        Assert.Equal(46, shift);
        Assert.Equal([430, 468, 468], blocks.Select(b => b.Length));
        Assert.Equal((16, 180, 234), Counts(blocks[0], rows));
        Assert.Equal((8, 180, 280), Counts(blocks[1], rows));
        Assert.Equal(0, Counts(blocks[2], rows).Base);
    }

    [Fact]
    public void Build_FewBaseRowsClamped_ShiftsOnlySoManyAndKeepsThreeOfEach()
    {
        CurriculumRows rows = Rows(8, 180, 280);
        IReadOnlyList<long[]> blocks = CurriculumSchedule.Build(rows, 46, WhenSmall.Clamp, 2024);

        Assert.Equal(8, CurriculumSchedule.Clamped(rows, 46));
        Assert.Equal([(16, 180, 272), (8, 180, 280), (0, 180, 288)], blocks.Select(b => Counts(b, rows)));
        Assert.All(blocks.SelectMany(b => b).CountBy(r => r), r => Assert.Equal(3, r.Value));
    }

    [Fact]
    public void Build_FewDependentRows_IsAnErrorAsPublishedAndClampedOtherwise()
    {
        CurriculumRows rows = Rows(480, 15, 14);
        int shift = CurriculumSchedule.Shift(rows.Count, null);

        Assert.Equal(50, shift);
        string message = Assert.Throws<InvalidDataException>(() => CurriculumSchedule.Build(rows, shift, WhenSmall.Published, 2024)).Message;
        Assert.Contains("hold 509 rows, but only 473", message, StringComparison.Ordinal);
        Assert.Contains("clamp", message, StringComparison.Ordinal);
        Assert.Equal([(494, 15, 0), (480, 15, 14), (466, 15, 28)], CurriculumSchedule.Build(rows, shift, WhenSmall.Clamp, 2024).Select(b => Counts(b, rows)));
    }

    [Fact]
    public void Build_FewerThanTenRowsAsPublished_LosesTheDependentRowsOfTheFirstEpoch()
    {
        CurriculumRows rows = Rows(3, 2, 4);

        Assert.Equal((3, 2, 0), Counts(CurriculumSchedule.Build(rows, 0, WhenSmall.Published, 1)[0], rows));
        Assert.Equal((3, 2, 4), Counts(CurriculumSchedule.Build(rows, 0, WhenSmall.Clamp, 1)[0], rows));
    }

    [Theory]
    [InlineData(49_999, null, 4_999)]
    [InlineData(50_000, null, 2_500)]
    [InlineData(9, null, 0)]
    [InlineData(1_000, 0.03, 30)]
    [InlineData(108, 0.0, 0)]
    public void Shift_RowsAndShare_RoundsDown(int rows, double? share, int expected) => Assert.Equal(expected, CurriculumSchedule.Shift(rows, share));

    [Fact]
    public void Build_AnyGroupSizesClamped_EveryRowStandsThreeTimes()
    {
        SeededShuffle random = new(11);
        for (int round = 0; round < 200; round++)
        {
            CurriculumRows rows = Rows(random.Next(12), random.Next(12), random.Next(12));
            int shift = random.Next(20);
            IReadOnlyList<long[]> blocks = CurriculumSchedule.Build(rows, shift, WhenSmall.Clamp, round);
            int moved = CurriculumSchedule.Clamped(rows, shift);

            Assert.All(blocks, b => Assert.Equal(rows.Count, b.Length));
            Assert.All(All(rows), row => Assert.Equal(3, blocks.Sum(b => b.Count(r => r == row))));
            Assert.Equal((rows.Base.Count + moved, rows.Middle.Count, rows.Dependent.Count - moved), Counts(blocks[0], rows));
            Assert.Equal((rows.Base.Count - moved, rows.Middle.Count, rows.Dependent.Count + moved), Counts(blocks[2], rows));
        }
    }

    [Fact]
    public void Build_SeedAndOrder_SameSeedSameOrderAnotherSeedAnotherOrder()
    {
        CurriculumRows rows = Rows(40, 12, 56);

        Assert.Equal(CurriculumSchedule.Build(rows, 10, WhenSmall.Clamp, 2024), CurriculumSchedule.Build(rows, 10, WhenSmall.Clamp, 2024));
        Assert.NotEqual(CurriculumSchedule.Build(rows, 10, WhenSmall.Clamp, 2024)[1], CurriculumSchedule.Build(rows, 10, WhenSmall.Clamp, 2025)[1]);
        Assert.NotEqual(All(rows).Order(), CurriculumSchedule.Build(rows, 10, WhenSmall.Clamp, 2024)[1]);
    }

    [Fact]
    public void Apply_ManyShuffles_EachOrderEquallyOften()
    {
        SeededShuffle random = new(5);
        Dictionary<string, int> seen = [];
        for (int i = 0; i < 24_000; i++)
        {
            char[] order = ['a', 'b', 'c', 'd'];
            random.Apply<char>(order);
            seen[new string(order)] = seen.GetValueOrDefault(new string(order)) + 1;
        }

        // 24 orders, 1000 each: 150 is five standard deviations.
        Assert.Equal(24, seen.Count);
        Assert.All(seen.Values, n => Assert.InRange(n, 850, 1150));
    }

    private static CurriculumRows Rows(int early, int middle, int late) => new(
        [.. Enumerable.Range(0, early).Select(i => (long)i)],
        [.. Enumerable.Range(0, middle).Select(i => 1_000L + i)],
        [.. Enumerable.Range(0, late).Select(i => 2_000L + i)]);

    private static IEnumerable<long> All(CurriculumRows rows) => [.. rows.Base, .. rows.Middle, .. rows.Dependent];

    private static (int Base, int Middle, int Dependent) Counts(long[] block, CurriculumRows rows) =>
        (block.Count(rows.Base.Contains), block.Count(rows.Middle.Contains), block.Count(rows.Dependent.Contains));

    private static long[] Twice(long[] block) => [.. block.CountBy(r => r).Where(r => r.Value == 2).Select(r => r.Key).Order()];

    private static long[] Missing(long[] block, CurriculumRows rows) => [.. All(rows).Except(block).Order()];
}
