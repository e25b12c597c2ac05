using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Cuts a conversation into its questions with their answers.</summary>
internal static class TurnPairs
{
    /// <summary>
    /// One sample for each run of answers with what was said since the run before, in order; what follows the last answer stands alone with an empty answer, as Deita
    /// pairs it. The first keeps the row's own instruction, the others take their first turn for it.
    /// </summary>
    public static IEnumerable<Sample> Of(Sample sample)
    {
        int start = 0;
        for (int end = 1; end <= sample.Turns.Count; end++)
        {
            if (end == sample.Turns.Count || (sample.Turns[end].Role != Role.Assistant && sample.Turns[end - 1].Role == Role.Assistant))
            {
                ArraySegment<Turn> turns = sample.Turns[start..end];
                yield return new Sample(sample.Origin, sample.Raw, turns, start == 0 ? sample.Instruction : turns[0].Text);
                start = end;
            }
        }
    }
}
