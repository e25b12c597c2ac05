using System.Globalization;
using System.Text;
using Sluice.Pool;
using Sluice.Sources;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>
/// Seeded input, cut into batches and segments as a reader would, and the commands that are given for it: runs with a file more or another model, replay, selections.
/// It is also the simple model: its segments are what the pool has to hold, however often the disk fails.
/// </summary>
internal sealed class Workload
{
    private readonly Random _random;
    private readonly List<WorkSegment> _segments = [];
    private readonly List<WorkCommand> _commands = [];
    private long _row;

    public Workload(int seed)
    {
        _random = new Random(seed);
        int files = _random.Next(1, 3);
        int version = 1;
        Fill(0, files);
        _commands.Add(new(WorkVerb.Run, files, version));
        if (_random.Next(2) == 0)
        {
            _commands.Add(new(WorkVerb.Select, files, version, 0));
        }

        if (_random.Next(2) == 0)
        {
            Fill(files, ++files);
            _commands.Add(new(WorkVerb.Run, files, version));
        }

        Amend(ref version, files);
        if (_random.Next(2) == 0 && Mend() is { } replay)
        {
            _segments.Add(replay);
            _commands.Add(new(WorkVerb.Replay, files, version));
        }

        Amend(ref version, files);
        Closing = [new(WorkVerb.Run, files, version), new(WorkVerb.Select, files, version, 1 + _random.Next(3))];
        _commands.AddRange(Closing);
    }

    /// <summary>What the pool has to hold in the end, in order.</summary>
    public IReadOnlyList<WorkSegment> Segments => _segments;

    /// <summary>What is asked for, in order.</summary>
    public IReadOnlyList<WorkCommand> Commands => _commands;

    /// <summary>The last commands: given once more they change nothing.</summary>
    public IReadOnlyList<WorkCommand> Closing { get; }

    /// <summary>The plan of the first files.</summary>
    public static PoolPlan Plan(int files) => new()
    {
        Files = [.. Enumerable.Range(0, files).Select(i => new PlannedFile(i, Name(i), "/made-up/" + Name(i), SourceFormat.JsonLines, Compression.None, "auto", "", null, 1, new string('0', 64), -1))],
        Settings = new Dictionary<string, string> { ["Flow:BatchRows"] = "4" },
    };

    /// <summary>Name of an input file.</summary>
    public static string Name(int file) => string.Create(CultureInfo.InvariantCulture, $"in{file}.jsonl");

    /// <summary>What makes the columns of a version.</summary>
    public static Dictionary<string, string> Fingerprints(int version) => new() { ["quality"] = Fingerprint(version), ["complexity"] = Fingerprint(version), ["category"] = "c" };

    /// <summary>The mark of a version on the columns that change with it.</summary>
    public static string Fingerprint(int version) => string.Create(CultureInfo.InvariantCulture, $"v{version}");

    /// <summary>The rows that a recipe chooses: all that repeat none, but for a remainder.</summary>
    public IReadOnlyList<WorkRow> Chosen(int recipe) => [.. _segments.SelectMany(s => s.Rows).Where(row => IsChosen(row.Row, row.DuplicateOf >= 0, recipe))];

    /// <summary>Whether a recipe chooses a row.</summary>
    public static bool IsChosen(long row, bool isDuplicate, int recipe) => !isDuplicate && row % 4 != recipe;

    private void Amend(ref int version, int files)
    {
        if (_random.Next(3) == 0)
        {
            version++;
            _commands.Add(new(WorkVerb.Run, files, version));
        }
    }

    private void Fill(int from, int until)
    {
        List<WorkBatch> batches = [];
        for (int file = from; file < until; file++)
        {
            int left = _random.Next(1, 5);
            for (long number = 0; left > 0;)
            {
                left--;
                WorkRow[] rows = [.. Enumerable.Range(1, _random.Next(1, 5)).Select(i => Row(file, number + i))];
                WorkBatch batch = new(file, number, rows, left == 0, _random.Next(3) == 0);
                number += rows.Length;
                batches.Add(batch);
                if (batch.Closes)
                {
                    Close(batches);
                }
            }
        }

        Close(batches);
    }

    private void Close(List<WorkBatch> batches)
    {
        if (batches.Count > 0)
        {
            WorkBatch[] all = [.. batches];
            long first = _segments.Sum(s => (long)s.Rows.Count);
            _segments.Add(new WorkSegment(first, all, IsReplay: false));
            batches.Clear();
        }
    }

    private WorkSegment? Mend()
    {
        WorkRow[] rejected = [.. _segments.SelectMany(s => s.Batches).SelectMany(b => b.Rows).Where(row => row.IsRejected).Where(_ => _random.Next(3) > 0)];
        long first = _row;
        WorkBatch[] batches = [.. rejected.GroupBy(row => row.File).Select(group => new WorkBatch(
            group.Key, 0, [.. group.Select(row => row with { Row = _row++, Raw = Text(row.File, row.Number, "mended") })], Ends: true, Closes: false))];
        return batches.Length == 0 ? null : new WorkSegment(first, batches, IsReplay: true);
    }

    private WorkRow Row(int file, long number)
    {
        int fate = _random.Next(10);
        return fate switch
        {
            0 or 1 => new WorkRow(file, number, -1, -1, [0xFF, .. Text(file, number, "bad")]),
            2 when _row > 0 => new WorkRow(file, number, _row, _random.NextInt64(_row++), Text(file, number, "again")),
            _ => new WorkRow(file, number, _row++, -1, Text(file, number, "good")),
        };
    }

    // Some are longer than a block, so that a line is torn in its middle too.
    private byte[] Text(int file, long number, string what) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"instruction":"say {{number}} of {{file}}","output":"{{what}} é {{new string('x', _random.Next(4) == 0 ? _random.Next(1500) : 10)}}"}"""));
}
