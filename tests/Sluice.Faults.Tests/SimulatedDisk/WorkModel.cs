using System.Text.Json;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>Holds a folder against a workload: what was acknowledged, and that all there is is the workload's.</summary>
internal sealed class WorkModel(Workload work, ITableFiles tables, DiskCounts counts)
{
    private readonly List<int> _versions = [];

    /// <summary>Segments that were acknowledged.</summary>
    public int Acknowledged => _versions.Count;

    /// <summary>The recipe whose outputs were acknowledged; null while there are none or others are being written.</summary>
    public int? Recipe { get; set; }

    /// <summary>Takes note of what a writer says is committed.</summary>
    public void Acknowledge(IReadOnlyList<LedgerRecord> committed)
    {
        for (int i = 0; i < committed.Count; i++)
        {
            if (i == _versions.Count)
            {
                _versions.Add(1);
            }

            _versions[i] = Math.Max(_versions[i], Version(committed[i]) ?? 1);
        }
    }

    /// <summary>Holds a pool that was opened for writing against the workload: nothing lost, nothing invented, nothing left to complain about.</summary>
    public void Check(string pool, int version)
    {
        List<VerifyFinding> findings = [];
        PoolVerifier.Verify(pool, findings, CancellationToken.None);
        Assert.True(findings.Count == 0, $"opened, and verify finds: {string.Join("; ", findings)}");
        using PoolReader reader = PoolReader.Open(pool, tables);
        CheckCount(reader.Records.Count);
        Assert.True(reader.Records.Count <= work.Segments.Count, "more segments than there are in the workload");
        for (int i = 0; i < reader.Records.Count; i++)
        {
            Check(reader, i, version);
        }

        Assert.True(reader.Counts.Holds);
        Assert.Equal(work.Segments.Take(reader.Records.Count).Aggregate(default(RowCounts), (a, s) => a + s.Counts), reader.Counts);
    }

    /// <summary>What a crash may leave to complain about before the pool is opened for writing: an end of the ledger that is torn, and copies of lines that are ahead of it.</summary>
    public void CheckLeft(string pool)
    {
        CheckCount(Ledger.Open(pool).Records.Count);
        List<VerifyFinding> findings = [];
        PoolVerifier.Verify(pool, findings, CancellationToken.None);
        foreach (VerifyFinding finding in findings)
        {
            bool isTorn = finding.Path.EndsWith(Ledger.FileName, StringComparison.Ordinal) && finding.Problem.Contains("the last, is cut off", StringComparison.Ordinal);
            counts.TornLedgers += isTorn ? 1 : 0;
            bool isCopy = finding.Path.EndsWith(SegmentFiles.Record, StringComparison.Ordinal);
            bool isPlan = Path.GetFileName(finding.Path) is PoolPlan.FileName or PoolPlan.CopyName && finding.Problem == "The file is missing." && Acknowledged == 0;
            if (!isTorn && !isCopy && !isPlan)
            {
                throw new LossException($"before the pool is opened, verify finds: {finding}");
            }
        }
    }

    /// <summary>Holds an output folder against its manifest and the workload.</summary>
    /// <returns>0 without a manifest, 1 with one that fits, 2 with one that does not and of which verify says so.</returns>
    public int CheckOutputs(string folder)
    {
        string path = Path.Combine(folder, OutputFolder.Manifest);
        if (!File.Exists(path))
        {
            return Recipe is null ? 0 : throw new LossException("Outputs were acknowledged, and there is no manifest.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        Assert.Null(CheckedJson.Fault(bytes));
        List<VerifyFinding> findings = [];
        OutputVerifier.Verify(folder, findings);
        using JsonDocument manifest = JsonDocument.Parse(bytes);
        int recipe = manifest.RootElement.GetProperty("recipe").GetInt32();
        bool fits = WorkProgram.Selected(recipe) is { } name && File.Exists(Path.Combine(folder, name)) && File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(
            [.. recipe % 2 == 0 ? [] : "PAR1"u8.ToArray(), .. manifest.RootElement.GetProperty("rows").EnumerateArray().SelectMany(row => (byte[])[.. Row(row.GetInt64()).Raw, (byte)'\n'])]);
        Assert.True(fits || findings.Count > 0 || !IsPlain, "a manifest that speaks of other bytes, and verify does not see it");
        if (Recipe is { } expected && (findings.Count > 0 || recipe != expected))
        {
            throw new LossException($"Outputs of recipe {expected} were acknowledged; found those of {recipe}, and verify finds: {string.Join("; ", findings)}");
        }

        return findings.Count == 0 ? 1 : 2;
    }

    /// <summary>Counts what a crash left of the outputs.</summary>
    public void CountOutputs(string folder) => counts.Outputs[CheckOutputs(folder)]++;

    private void CheckCount(int segments)
    {
        if (segments < Acknowledged)
        {
            throw new LossException($"{Acknowledged} segments were acknowledged, {segments} are there.");
        }
    }

    private bool IsPlain => tables is PlainTables;

    private static int? Version(LedgerRecord record) => record.Columns.FirstOrDefault(c => c.Name == "quality") is { } column ? column.Fingerprint[1] - '0' : null;

    private WorkRow Row(long row) => work.Segments.SelectMany(s => s.Rows).First(r => r.Row == row);

    private void Check(PoolReader reader, int segment, int version)
    {
        LedgerRecord record = reader.Records[segment];
        WorkSegment expected = work.Segments[segment];
        Assert.Equal((expected.FirstRow, (long)expected.Rows.Count, expected.Counts), (record.FirstRow, record.Rows, record.Counts));
        Assert.True(expected.ByFile.SequenceEqual(record.Files), $"segment {segment} has other counts by file");
        Assert.Equal(expected.IsReplay, record.Replay is not null);
        if (expected.Rows.Count == 0)
        {
            return;
        }

        int scored = Version(record) ?? throw new LossException($"Segment {segment} has no quality.");
        Assert.InRange(scored, 1, version);
        if (segment < Acknowledged && scored < _versions[segment])
        {
            throw new LossException($"Segment {segment} was scored by version {_versions[segment]}; found {scored}.");
        }

        foreach (WorkRow row in expected.Rows)
        {
            Assert.True(reader.ReadRow(row.Row).AsSpan().SequenceEqual(row.Raw), $"row {row.Row} has other bytes");
            Assert.Equal((WorkBatch.Origin(row), $"{Workload.Name(row.File)}#{row.Number}"), (reader.Origin(row.Row), reader.Id(row.Row)));
        }

        foreach ((string name, ColumnData scores) in WorkBatch.Scores(expected.Rows, scored))
        {
            AssertSame(name, ((NumberData)scores).Values, ((NumberData)reader.Column(record, name)).Values);
        }

        AssertSame("category", expected.Rows.Select(WorkBatch.Category), ((TextData)reader.Column(record, "category")).Values);
        AssertSame("embedding", expected.Rows.SelectMany(WorkBatch.Embedding), ((VectorData)reader.Column(record, "embedding")).Values);
        AssertSame(PoolColumns.DuplicateOf, expected.Rows.Select(r => r.DuplicateOf < 0 ? IntegerData.Missing : r.DuplicateOf), ((IntegerData)reader.Column(record, PoolColumns.DuplicateOf)).Values);

        void AssertSame<T>(string name, IEnumerable<T> values, IEnumerable<T> found) => Assert.True(values.SequenceEqual(found), $"column {name} of segment {segment} has other values");
    }
}
