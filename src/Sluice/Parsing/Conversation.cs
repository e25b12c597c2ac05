using System.Globalization;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>The last check of a list of turns.</summary>
internal static class Conversation
{
    /// <summary>Closes a list of turns. Returns null, or why it is no conversation: someone must have asked something, and someone answered.</summary>
    /// <param name="list">The turns.</param>
    /// <param name="system">Text of a system turn to stand before them; empty for none.</param>
    /// <param name="arena">Takes the turns.</param>
    /// <param name="turns">All turns.</param>
    /// <param name="instruction">Text of the first user turn.</param>
    public static string? Close(ref TurnList list, Utf8Text system, SampleArena arena, out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        turns = default;
        instruction = default;
        bool isAsked = false, hasPrompt = false, isAnswered = false;
        foreach (ref readonly Turn turn in list.Turns)
        {
            if (turn.Role == Role.User && !isAsked)
            {
                (isAsked, instruction) = (true, turn.Text);
            }

            hasPrompt |= turn.Role == Role.User && !hasPrompt && !turn.Text.IsBlank;
            isAnswered |= turn.Role == Role.Assistant;
        }

        if (!hasPrompt || !isAnswered)
        {
            string lacking = !isAsked ? "no user turn" : !hasPrompt ? "only empty user turns" : "no assistant turn";
            return string.Create(CultureInfo.InvariantCulture, $"Found {lacking} among {list.Count} turns, expected at least one of user and one of assistant.");
        }

        turns = list.Keep(system, arena);
        return null;
    }
}
