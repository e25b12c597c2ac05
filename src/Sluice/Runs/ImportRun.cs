using System.Text.Json;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Runs.Import;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>Makes a pool from rows and columns computed elsewhere: every row is kept, in order; nothing is parsed, scored or compared.</summary>
internal sealed class ImportRun(
    FlowOptions flow, PoolOptions pool, SourceLimits limits, ISource sources, IStreamDecoder zstandard, ITableFiles tables, TimeProvider time, IRunDisplay display)
{
    /// <summary>Imports. Returns the number of rows.</summary>
    /// <param name="folder">The pool's folder; must hold no pool unless <paramref name="fresh"/>.</param>
    /// <param name="rows">Row files, in order.</param>
    /// <param name="columns">Column name to file.</param>
    /// <param name="fresh">Delete a pool that is there.</param>
    /// <param name="token">Stops the import; the next one starts anew.</param>
    public async Task<long> RunAsync(string folder, IReadOnlyList<string> rows, IReadOnlyList<KeyValuePair<string, string>> columns, bool fresh, CancellationToken token)
    {
        IReadOnlyList<SourceFile> files = Check(folder, rows, columns, fresh);
        List<ImportColumn> opened = [];
        try
        {
            foreach ((string name, string path) in columns)
            {
                opened.Add(ImportColumn.Open(name, path, tables));
            }

            using PoolLock held = PoolLock.Take(folder, time);
            foreach (string part in (ReadOnlySpan<string>)[PoolPlan.FileName, Ledger.FileName])
            {
                File.Delete(Path.Combine(folder, part));
            }

            FileStamps stamps = FileStamps.Take(files);
            IReadOnlyList<PlannedFile> planned = await InputPlanner.PlanAsync(files, static _ => -1, null, token);
            PoolPlan plan = new() { Files = planned, Settings = new Dictionary<string, string> { ["import"] = string.Join(", ", columns.Select(c => c.Key)) } };
            plan.Save(folder);
            Dictionary<string, string> fingerprints = columns.ToDictionary(c => c.Key, c => $"import:{Path.GetFileName(c.Value)}");
            long count = await WriteAsync(folder, plan, stamps, opened, fingerprints, token);
            if (count == 0)
            {
                display.Warn("The row files hold no row.");
            }

            return count;
        }
        finally
        {
            opened.ForEach(c => c.Dispose());
        }
    }

    private IReadOnlyList<SourceFile> Check(string folder, IReadOnlyList<string> rows, IReadOnlyList<KeyValuePair<string, string>> columns, bool fresh)
    {
        List<ConfigurationError> errors = [];
        SourcePlan plan = new SourceResolver(limits, zstandard).Resolve([.. rows.Select(r => new SourceSpec { Path = r })], Environment.CurrentDirectory);
        errors.AddRange(plan.Errors.Select(e => new ConfigurationError($"--rows ({e.Key})", e.Message)));
        foreach (IGrouping<string, KeyValuePair<string, string>> twice in columns.GroupBy(c => c.Key).Where(g => g.Count() > 1))
        {
            errors.Add(new("--column", $"The column '{twice.Key}' is given {twice.Count()} times, expected once."));
        }

        errors.AddRange(columns.Where(c => !File.Exists(c.Value)).Select(c => new ConfigurationError($"--column {c.Key}", $"The file {c.Value} does not exist.")));
        if (!fresh && File.Exists(Path.Combine(folder, PoolPlan.FileName)))
        {
            errors.Add(new("--pool", $"{folder} holds a pool already. Choose another directory, or replace it with --fresh."));
        }

        return errors.Count > 0 ? throw new ConfigurationException(errors) : plan.Files;
    }

    private async Task<long> WriteAsync(
        string folder, PoolPlan plan, FileStamps stamps, List<ImportColumn> columns, Dictionary<string, string> fingerprints, CancellationToken token)
    {
        using PoolWriter writer = new(folder, plan, tables, fingerprints, withDuplicates: false);
        long row = 0;
        using IDisposable phase = display.Phase("Importing", () => new RunProgress(0.5, Interlocked.Read(ref row), "", []));
        FlowBudget budget = new(flow);
        await foreach (RawBatch raw in new InputReader(sources, flow, pool, budget, stamps).ReadAsync(plan.Files, 0, SourcePosition.Start, 0, token))
        {
            Sample[] samples = [.. raw.Chunk.Rows.Select((r, i) => Keep(r, raw.File, row + i))];
            RowBatch batch = new()
            {
                Sequence = raw.Sequence,
                Segment = raw.Segment,
                ClosesSegment = raw.ClosesSegment,
                File = raw.File.Index,
                NextOffset = raw.Chunk.Next.Offset,
                NextNumber = raw.Chunk.Next.Number,
                EndsFile = raw.Chunk.End,
                Samples = samples,
                Rejections = [],
            };
            foreach (ImportColumn column in columns)
            {
                if (column.IsPositional && row + samples.Length > column.Rows)
                {
                    throw new InvalidDataException($"Column '{column.Name}' has {column.Rows} rows, but the row files have more. Expected one row of the matrix for each row, in the same order.");
                }

                batch.Columns[column.Name] = column.Slice(row, samples.Length);
            }

            batch.Owned.Add(raw.Chunk);
            writer.Append(batch);
            batch.Release();
            budget.Release(raw.Chunk.Rows.Count, raw.Bytes);
            Interlocked.Add(ref row, samples.Length);
        }

        ImportColumn? longer = columns.FirstOrDefault(c => c.Rows > row);
        if (longer is not null)
        {
            throw new InvalidDataException($"Column '{longer.Name}' speaks of {longer.Rows} rows, but the row files have {row}. Expected the same rows, in the same order.");
        }

        writer.Commit();
        return row;
    }

    private static Sample Keep(RawRow raw, SourceFile file, long row)
    {
        string? fault = raw.Fault ?? JsonFault(raw.Bytes.Span);
        // A row left out would shift every later row against its columns, so an import takes all rows or none.
        return fault is null
            ? new Sample(raw.Origin, raw.Bytes, [], default) { Row = row }
            : throw new InvalidDataException($"{file.Path}, row {raw.Origin.Number} at byte {raw.Origin.Offset}: {fault} An import keeps every row, so mend the row first.");
    }

    private static string? JsonFault(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Utf8JsonReader reader = new(bytes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return $"Found {reader.TokenType}, expected a JSON object.";
            }

            reader.Skip();
            return reader.Read() ? "Found more after the JSON object." : null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }
}
