using Sluice.Stages;

namespace Sluice.Runs.Forecast;

/// <summary>Which stages a forecast leaves out, and why.</summary>
internal static class ForecastStages
{
    /// <summary>The stages without those that a forecast may not or cannot run; a sentence for each left out goes to <paramref name="notes"/>.</summary>
    /// <param name="options">What the pipeline asks for.</param>
    /// <param name="ask">Whether servers may be asked.</param>
    /// <param name="notes">Takes the sentences.</param>
    public static StagesOptions Choose(StagesOptions options, bool ask, List<string> notes)
    {
        bool respond = Keep(RespondStageOptions.SectionName, options.Respond, ask, notes);
        bool tags = Keep(OpenTagsStageOptions.SectionName, options.OpenTags, ask, notes);
        bool necessity = options.Necessity.Enabled && (respond || !options.Respond.Enabled);
        if (options.Necessity.Enabled && !necessity)
        {
            notes.Add($"{NecessityStageOptions.SectionName} is left out, as it scores those responses.");
        }

        return new StagesOptions
        {
            Script = options.Script,
            Tag = options.Tag,
            Quality = options.Quality,
            Complexity = options.Complexity,
            Ifd = options.Ifd,
            Embed = options.Embed,
            Dedup = options.Dedup,
            Respond = respond ? options.Respond : new(),
            OpenTags = tags ? options.OpenTags : new(),
            Necessity = necessity ? options.Necessity : new(),
        };
    }

    private static bool Keep(string section, AskStageOptions options, bool ask, List<string> notes)
    {
        // What is wrong with its options is the run's to say: it is kept, so that it is checked.
        if (!options.Enabled || (options.File.Length == 0 && options.Endpoint.Length == 0) || (options.Endpoint.Length > 0 && ask))
        {
            return options.Enabled;
        }

        notes.Add(options.Endpoint.Length > 0
            ? $"{section} is left out: a forecast asks no server. With --ask it asks it for a few rows; without, time, tokens and money of the asking come on top."
            : $"{section} is left out: its answers stand in a file by row, and a sample's rows have other numbers. Reading them costs next to nothing.");
        return false;
    }
}
