using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Kill;

/// <summary>Killed at every named step at which a run changes the disk.</summary>
[Collection(HarnessTests.Name)]
public sealed class FaultPointTests(References references, ITestOutputHelper output)
{
    /// <summary>Every point by itself in the whole suite: point, format.</summary>
    public static TheoryData<string, string> Points()
    {
        TheoryData<string, string> cases = [];
        foreach (string point in FaultScale.IsFull ? FaultPoints.All : [])
        {
            cases.Add(point, "jsonl");
            cases.Add(point, "parquet");
        }

        return cases;
    }

    /// <summary>The states from which runs start in the short form.</summary>
    public static TheoryData<string> States() => new(FaultPoints.All.Select(static point => FaultPoints.StateFor(point).ToString()).Distinct());

    [Theory]
    [MemberData(nameof(States))]
    public void Run_KilledAtOneStepAfterTheOther_EndsAsAnUndisturbedRun(string state)
    {
        Reference reference = references.Of(Scenario.Small());
        string[] points = [.. FaultPoints.All.Where(point => FaultPoints.StateFor(point).ToString() == state).Select(static (point, i) => point + (i % 2 == 0 ? ".before" : ".after"))];
        int hit = KillAt(reference, Enum.Parse<StartState>(state), [.. points.Select(static point => (point, 1))]);
        Assert.Equal(points.Length, hit);
        Summary.Add(output, $"killed at one named step after the other, from {state}", hit);
    }

    [WholeSuiteTheory]
    [MemberData(nameof(Points))]
    public void Run_KilledAtAStep_EndsAsAnUndisturbedRun(string point, string format)
    {
        Reference reference = references.Of(Scenario.Small(format));
        StartState state = FaultPoints.StateFor(point);
        List<(string Point, int Pass)> kills = [(point + ".before", 1), (point + ".after", 1)];
        int passes = reference.Passes(point + ".before");
        if (state == StartState.Fresh && passes > 1)
        {
            kills.AddRange([(point + ".before", (passes + 1) / 2), (point + ".after", (passes + 1) / 2), (point + ".before", passes), (point + ".after", passes)]);
        }

        int hit = KillAt(reference, state, [.. kills.Distinct()]);
        Summary.Add(output, $"killed at {point}, {format}", hit);
    }

    // Goes on in the same directories as long as a run from there meets the point; what a run ends well is held to the oracle, and the next begins anew.
    private static int KillAt(Reference reference, StartState state, IReadOnlyList<(string Point, int Pass)> kills)
    {
        Attempt attempt = new(reference, state);
        try
        {
            bool isNew = true;
            List<string> done = [];
            foreach ((string point, int pass) in kills)
            {
                if (!attempt.TryKill(point, pass, Context()))
                {
                    Assert.False(isNew, $"{Context()}: a run from {state} does not pass {point} {pass} times");
                    attempt.Finish(Context());
                    attempt.Dispose();
                    attempt = new Attempt(reference, state);
                    done.Clear();
                    attempt.Kill(point, pass, Context());
                }

                isNew = false;
                done.Add($"{point}@{pass}");
            }

            attempt.Finish(Context());
            return kills.Count;

            string Context() => $"{reference.Scenario} from {state}, killed at {string.Join(", ", done)}";
        }
        finally
        {
            attempt.Dispose();
        }
    }
}
