using Sluice.Endpoints;
using Sluice.Inference.Chat;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Adds the stages that ask a server or read answers computed elsewhere, and the one that scores the answers.</summary>
internal static class AskStages
{
    /// <summary>Adds respond, necessity and open tags, where switched on.</summary>
    public static void Add(StagesOptions options, StageParts parts, StageBuilder builder)
    {
        string strip = options.Respond.StripSuffix;
        Ask<string>("respond", PoolColumns.Response, RespondStageOptions.SectionName, options.Respond, parts, builder,
            ["response", "generated"],
            data => data is TextData texts ? row => new RowValue<string>(texts.Values[row] is { } text ? Suffix.Strip(text, strip) : null, null) : null,
            Suffix.Mark(strip),
            (writer, book, identity) => new EndpointResponses(writer, book, options.Respond.Concurrency, identity, strip),
            values => new TextData(values));
        if (options.Necessity.Enabled && !options.Respond.Enabled)
        {
            builder.Errors.Add(new($"{NecessityStageOptions.SectionName}:Enabled", $"Found no responses to score, expected {RespondStageOptions.SectionName}:Enabled to be true as well."));
        }
        else if (!options.Necessity.Enabled || builder.Fingerprints.ContainsKey(PoolColumns.Response))
        {
            builder.AddModel(options.Necessity.Enabled, NecessityStageOptions.SectionName, options.Necessity.Model,
                model => new NecessityStage(model, builder.Fingerprints[PoolColumns.Response]), PoolColumns.Necessity);
        }

        if (builder.Fingerprints.ContainsKey(PoolColumns.Necessity))
        {
            builder.Numbers.Add(PoolColumns.Necessity);
        }

        Ask<string[]>("opentags", PoolColumns.OpenTags, OpenTagsStageOptions.SectionName, options.OpenTags, parts, builder,
            ["open_tags", "tags", "response", "generated"],
            data => data switch
            {
                TextListData lists => row => new RowValue<string[]>(lists.Values[row], null),
                // A tagger's own words, as InsTagger writes them.
                TextData texts => row => texts.Values[row] is { } text ? TagList.Read(text) : default,
                _ => null,
            },
            "",
            (writer, book, identity) => new EndpointTags(writer, book, options.OpenTags.Concurrency, identity),
            values => new TextListData(values));
    }

    private static void Ask<T>(
        string name, string column, string section, AskStageOptions options, StageParts parts, StageBuilder builder, string[] fileColumns,
        Func<ColumnData, Func<int, RowValue<T>>?> reader, string fileMark, Func<RequestWriter, AnswerBook, string, IRowValues<T>> ask, Func<T?[], ColumnData> make)
        where T : class
    {
        if (!options.Enabled)
        {
            return;
        }

        int before = builder.Errors.Count;
        AskChecks checks = new(section, options, parts, builder);
        EndpointMeter meter = new(name);
        RowCondition? where = checks.Where();
        IRowValues<T>? values = checks.IsFile()
            ? OpenFile(checks, options, parts, builder, fileColumns, reader, fileMark, meter)
            : options.Endpoint.Length > 0 ? OpenEndpoint(checks, options, name, parts, builder, ask, meter) : null;
        if (builder.Errors.Count > before || values is null)
        {
            return;
        }

        builder.Asking.Add(meter);
        builder.Add(new AskStage<T>(name, column, options.Round, values, where, where is null ? "" : builder.Fingerprints[where.Column], make), column);
    }

    private static FileValues<T>? OpenFile<T>(
        AskChecks checks, AskStageOptions options, StageParts parts, StageBuilder builder, string[] columns, Func<ColumnData, Func<int, RowValue<T>>?> reader, string mark,
        EndpointMeter meter)
        where T : class
    {
        string path = Path.GetFullPath(Path.Combine(parts.BaseFolder, options.File));
        if (!File.Exists(path))
        {
            checks.Fault("File", $"The file {path} does not exist.");
            return null;
        }

        try
        {
            return FileValues<T>.Open(path, columns, reader, mark, parts.Tables, builder.Ids, meter);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            checks.Fault("File", exception.Message);
            return null;
        }
    }

    private static IRowValues<T>? OpenEndpoint<T>(
        AskChecks checks, AskStageOptions options, string name, StageParts parts, StageBuilder builder, Func<RequestWriter, AnswerBook, string, IRowValues<T>> ask,
        EndpointMeter meter)
        where T : class
    {
        int before = builder.Errors.Count;
        EndpointSettings? settings = checks.Settings();
        ChatTemplate? template = checks.Template();
        if (settings is null || builder.Errors.Count > before)
        {
            return null;
        }

        string identity = options.Version.Length == 0 ? options.Model : $"{options.Model} {options.Version}";
        AnswerBook book = new(new EndpointClient(settings, meter, parts.Time), meter, $"{settings.Api} {options.Version}", Path.Combine(parts.Answers, name + ".jsonl"));
        builder.Owned.Add(book);
        return ask(new RequestWriter(settings, template, options.System), book, identity);
    }
}
