using System.Text;
using Sluice.Host.Serve.State;
using Sluice.Records;

namespace Sluice.Tests.Serve;

public sealed class RejectTallyTests
{
    [Fact]
    public void Add_CountsByReasonWithoutItsNumbersAndKeepsTheFirstRows()
    {
        RejectTally tally = new();
        tally.Add("a.jsonl", [.. Enumerable.Range(1, 5).Select(i => Reject(i, $"Found {i} turns, expected 2."))]);
        tally.Add("b.jsonl", [Reject(9, "Not JSON.")]);

        IReadOnlyList<RejectState> states = tally.States();

        Assert.Equal([("Found … turns, expected ….", 5L), ("Not JSON.", 1L)], states.Select(s => (s.Reason, s.Count)));
        Assert.Equal(["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"], states[0].Samples.Select(s => s.Id));
        Assert.Equal("row 1", states[0].Samples[0].Excerpt);
    }

    [Fact]
    public void Add_ReasonsWithoutEnd_StayBounded()
    {
        RejectTally tally = new();
        for (int i = 0; i < 1000; i++)
        {
            tally.Add("a", [Reject(i, "Reason " + new string((char)('a' + (i % 26)), 1 + (i / 26)))]);
        }

        Assert.InRange(tally.States().Count, 1, 41);
        Assert.Equal(1000, tally.States().Sum(s => s.Count));
    }

    private static Rejection Reject(long number, string reason) => new(new RowOrigin(0, number, 0), "parse", reason, Encoding.UTF8.GetBytes($"row {number}"));
}
