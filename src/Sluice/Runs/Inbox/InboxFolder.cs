using System.Globalization;
using Sluice.Sources;

namespace Sluice.Runs.Inbox;

/// <summary>
/// Where rows that came over HTTP lie, in the work directory: <c>inbox/000012.jsonl</c> the rows of the requests of one round, one after the other, and beside it
/// <c>000012.requests.jsonl</c>, which request each line is of. A batch is an input file like any other: it stays, since a damaged segment is made again from it.
/// </summary>
internal static class InboxFolder
{
    /// <summary>Name of the folder in the work directory.</summary>
    public const string Name = "inbox";

    /// <summary>The label of the rows, for the text column <c>source</c>.</summary>
    public const string Label = "http";

    private const string Rows = ".jsonl";
    private const string Requests = ".requests.jsonl";
    private const string Answers = ".answers.jsonl";

    /// <summary>The folder of a work directory.</summary>
    public static string Of(string work) => Path.Combine(work, Name);

    /// <summary>The folder in which bodies lie until they are whole.</summary>
    public static string Incoming(string work) => Path.Combine(Of(work), "incoming");

    /// <summary>The rows of a batch.</summary>
    public static string RowsOf(string work, int batch) => PathOf(work, batch, Rows);

    /// <summary>The requests of a batch.</summary>
    public static string RequestsOf(string work, int batch) => PathOf(work, batch, Requests);

    /// <summary>What became of the requests of a batch.</summary>
    public static string AnswersOf(string work, int batch) => PathOf(work, batch, Answers);

    /// <summary>The batches of a work directory, by number.</summary>
    public static IReadOnlyList<int> Batches(string work) => Numbers(work, Rows);

    /// <summary>The batches whose requests were written down, by number; a crash may have come before their rows.</summary>
    public static IReadOnlyList<int> Announced(string work) => Numbers(work, Requests);

    /// <summary>A batch as an input file of the pipeline.</summary>
    public static SourceFile Source(string work, int batch, int index = 0) => new(
        index, RowsOf(work, batch), string.Create(CultureInfo.InvariantCulture, $"{Label}/{batch:000000}{Rows}"), SourceFormat.JsonLines, Compression.None, RowShapes.Auto, Label, null);

    private static int[] Numbers(string work, string ending)
    {
        string folder = Of(work);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*" + ending).Select(Path.GetFileName)
            .Where(name => int.TryParse(name.AsSpan(0, name!.Length - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name.AsSpan(0, name!.Length - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture)).Order()];
    }

    private static string PathOf(string work, int batch, string ending) => Path.Combine(Of(work), string.Create(CultureInfo.InvariantCulture, $"{batch:000000}{ending}"));
}
