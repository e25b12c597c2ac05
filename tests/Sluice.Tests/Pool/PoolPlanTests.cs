using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Tests.Pool;

public sealed class PoolPlanTests
{
    [Theory]
    [InlineData(PoolPlan.FileName)]
    [InlineData(PoolPlan.CopyName)]
    public void Mend_OneOfTheTwoDamaged_TakesTheOther(string name)
    {
        using TemporaryFolder folder = new();
        PoolFixture.Plan("a.jsonl").Save(folder.Path);
        byte[] good = File.ReadAllBytes(folder[name]);
        File.WriteAllBytes(folder[name], [.. good[..^9], (byte)'X', .. good[^8..]]);

        Assert.Equal(folder[name], PoolPlan.Mend(folder.Path, PoolDisk.Plain));

        Assert.Equal(good, File.ReadAllBytes(folder[name]));
        Assert.Null(PoolPlan.Mend(folder.Path, PoolDisk.Plain));
        Assert.Equal("a.jsonl", PoolPlan.Load(folder.Path)!.Files[0].Name);
    }

    [Fact]
    public void Load_Damaged_NamesTheRemedy()
    {
        using TemporaryFolder folder = new();
        PoolFixture.Plan("a.jsonl").Save(folder.Path);
        File.WriteAllText(folder[PoolPlan.FileName], File.ReadAllText(folder[PoolPlan.FileName]).Replace("a.jsonl", "b.jsonl", StringComparison.Ordinal));

        Assert.Contains("sluice repair", Assert.Throws<InvalidDataException>(() => PoolPlan.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PlanOfAnEarlierVersion_IsTakenAsItIs()
    {
        using TemporaryFolder folder = new();
        PoolPlan plan = PoolFixture.Plan("a.jsonl");
        File.WriteAllText(folder[PoolPlan.FileName], System.Text.Json.JsonSerializer.Serialize(plan, PoolJson.Indented));

        Assert.Equal("a.jsonl", PoolPlan.Load(folder.Path)!.Files[0].Name);
        Assert.Null(PoolPlan.Mend(folder.Path, PoolDisk.Plain));
        List<VerifyFinding> findings = [];
        PoolVerifier.Verify(folder.Path, findings, CancellationToken.None);
        Assert.Empty(findings);
    }
}
