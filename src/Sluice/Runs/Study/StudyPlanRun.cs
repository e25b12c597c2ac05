using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Proportions.Estimation;
using Sluice.Records;

namespace Sluice.Runs.Study;

/// <summary>
/// Writes the K + 1 data sets of the causal interventions of "Beyond IID" (arXiv 2409.07045): a base set, and for each category the base set with rows of that category added. One
/// model is tuned on each and evaluated on every category; <see cref="StudyEstimateRun"/> takes the scores.
/// </summary>
internal sealed class StudyPlanRun(ITableFiles tables, IRunDisplay display)
{
    private const string BaseFile = "base.jsonl";

    /// <summary>Plans a study. The same pool and options write the same bytes; a file that is there already is compared by its hash and left alone.</summary>
    public StudyPlanReport Run(StudyPlanOptions options, CancellationToken token)
    {
        using PoolReader pool = PoolReader.Open(options.Pool, tables);
        StudyRows rows = StudyRows.Read(pool, options.Column);
        List<ConfigurationError> errors = [];
        Check(options, rows, errors);
        int count = options.Base ?? Math.Min(StudyPlanOptions.DefaultBase, rows.Count / 2);
        IReadOnlyList<long> baseRows = options.BaseRows is { } file ? StudyRows.ReadSelection(file, pool.Rows, errors)
            : count <= rows.Count && count > 0 ? rows.DrawBase(count, options.Seed)
            : [];
        if (options.BaseRows is null && baseRows.Count == 0)
        {
            errors.Add(new("--base", $"Found {count}, expected 1 to {rows.Count}, the rows with a value in column '{options.Column}' that repeat no earlier row."));
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        IReadOnlyList<StudyDataSet> sets = Compose(options, rows, baseRows);
        string[] withoutRows = [.. sets.Where(s => s.Category is not null && s.Added.Count == 0).Select(s => s.Category!)];
        sets = [.. sets.Where(s => s.Category is null || s.Added.Count > 0)];
        if (sets.Count == 1)
        {
            throw new ConfigurationException([new("--base", $"Found {baseRows.Count} base rows, which leave no row of any category to add. Take a smaller base set.")]);
        }

        JsonObject plan = Plan(options, pool, baseRows, sets);
        if (!options.Fresh)
        {
            StudyManifest.CheckSame(options.Out, plan);
        }

        return Write(options, pool, baseRows, sets, withoutRows, plan, token);
    }

    private static void Check(StudyPlanOptions options, StudyRows rows, List<ConfigurationError> errors)
    {
        foreach ((string key, int value) in (IEnumerable<(string, int)>)[("--each", options.Each), ("--slices", options.Slices)])
        {
            if (value < 1)
            {
                errors.Add(new(key, $"Found {value}, expected 1 or more."));
            }
        }

        if (options.BaseRows is { } file && !File.Exists(file))
        {
            throw new ConfigurationException([.. errors, new("--base-rows", $"The file {file} does not exist.")]);
        }

        if (options.BaseRows is not null && options.Base is not null)
        {
            errors.Add(new("--base", "Found both --base and --base-rows, expected one of them."));
        }

        errors.AddRange(options.Categories.Where(c => !rows.Categories.Contains(c)).Select(c => new ConfigurationError("--categories",
            $"Found '{c}', which no row has in column '{options.Column}'.{Suggestion.DidYouMean(c, rows.Categories)} It holds {string.Join(", ", rows.Categories)}.")));
        errors.AddRange(rows.Categories.Where(static c => c == MeasuredScores.Base || c.Length == 0 || c != c.Trim() || c.AsSpan().IndexOfAny('\n', '\r') >= 0).Select(c => new ConfigurationError("--column",
            $"Found the category '{c}', which the table of scores cannot hold: '{MeasuredScores.Base}' is the base model's name, and a name has neither blanks around it nor line breaks. Rename it.")));
    }

    private List<StudyDataSet> Compose(StudyPlanOptions options, StudyRows rows, IReadOnlyList<long> baseRows)
    {
        // Names are given over all of the pool's categories, so that a file is called the same whichever of them are studied.
        IReadOnlyDictionary<string, string> slugs = StudySlugs.Of(rows.Categories);
        HashSet<long> taken = [.. baseRows];
        List<StudyDataSet> sets = [new(null, BaseFile, [])];
        foreach (string category in rows.Categories.Where(c => options.Categories.Count == 0 || options.Categories.Contains(c)))
        {
            sets.Add(new(category, $"base+{slugs[category]}.jsonl", rows.DrawCategory(category, options.Each, options.Seed, taken)));
        }

        StudyDataSet[] fewer = [.. sets.Where(s => s.Category is not null && s.Added.Count < options.Each && s.Added.Count > 0)];
        StudyDataSet[] none = [.. sets.Where(s => s.Category is not null && s.Added.Count == 0)];
        if (fewer.Length > 0)
        {
            display.Warn($"Fewer than the {options.Each:N0} rows asked for are outside the base set, so all of them are taken: {string.Join("; ", fewer.Select(s => $"'{s.Category}' {s.Added.Count:N0}"))}.");
        }

        if (none.Length > 0)
        {
            display.Warn($"No row is outside the base set, so there is no data set and nothing to study: {string.Join("; ", none.Select(s => $"'{s.Category}'"))}. Take a smaller base set.");
        }

        return sets;
    }

    private static JsonObject Plan(StudyPlanOptions options, PoolReader pool, IReadOnlyList<long> baseRows, IReadOnlyList<StudyDataSet> sets) => new()
    {
        ["pool"] = Identity(pool, options.Column),
        ["poolRows"] = pool.Rows,
        ["column"] = options.Column,
        ["base"] = baseRows.Count,
        ["baseRows"] = options.BaseRows is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', baseRows)))),
        ["each"] = options.Each,
        ["seed"] = options.Seed,
        ["slices"] = options.Slices,
        ["categories"] = new JsonArray([.. sets.Where(s => s.Category is not null).Select(s => (JsonNode)s.Category!)]),
    };

    // The rows and their categories, by content: a pool copied elsewhere, or with another column scored again, is still the same for a study.
    private static string Identity(PoolReader pool, string column)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (LedgerRecord record in pool.Records.Where(r => r.Rows > 0))
        {
            string file = record.Columns.First(c => c.Name == column).File;
            foreach (StoredFile stored in record.Stored.Where(s => s.Name == SegmentFiles.Rows || s.Name == file).OrderBy(s => s.Name == file))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{record.FirstRow} {record.Rows} {stored.Sha256}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private StudyPlanReport Write(
        StudyPlanOptions options, PoolReader pool, IReadOnlyList<long> baseRows, IReadOnlyList<StudyDataSet> sets, string[] withoutRows, JsonObject plan, CancellationToken token)
    {
        StudyFolder folder = new(options.Out);
        // A replaced study must not leave data sets behind that look as if they belonged to the new one.
        foreach (string stale in StudyManifest.Files(options.Out).Except(sets.Select(s => s.File)))
        {
            File.Delete(folder[stale]);
        }

        List<(StudyDataSet, StoredFile)> written = [];
        using (display.Phase("Writing", () => new RunProgress((double)written.Count / sets.Count, 0, options.Out, [])))
        {
            foreach (StudyDataSet set in sets)
            {
                written.Add((set, folder.Write(set.File, stream =>
                {
                    if (set.Category is null)
                    {
                        Rows(pool, baseRows, stream, token);
                    }
                    else
                    {
                        using FileStream first = new(folder[BaseFile], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
                        first.CopyTo(stream);
                        Rows(pool, set.Added, stream, token);
                    }
                })));
            }

            StoredFile index = folder.WriteText(StudyManifest.RowsName, writer => Index(writer, pool, baseRows, sets, token));
            StoredFile template = folder.WriteText(StudyManifest.TemplateName, writer => Template(writer, sets, options.Slices), keepsOther: !options.Fresh);
            foreach (string name in folder.Mended)
            {
                display.Warn(name == StudyManifest.TemplateName && !options.Fresh
                    ? $"{name} has been filled in and is left as it is."
                    : $"{name} was there with other bytes than planned; it was written again.");
            }

            PoolDisk.Plain.WriteAllText(folder[StudyManifest.FileName], StudyManifest.Create(plan, pool, written, baseRows.Count, options.Each, withoutRows, [index, template]).ToJsonString(PoolJson.Indented) + "\n", "state");
        }

        return new StudyPlanReport(options.Out, baseRows.Count, sets.Count, folder.Files.Count, folder.Unchanged);
    }

    private static void Rows(PoolReader pool, IReadOnlyList<long> rows, Stream stream, CancellationToken token)
    {
        foreach (long row in rows)
        {
            token.ThrowIfCancellationRequested();
            stream.Write(pool.ReadRow(row));
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Index(TextWriter writer, PoolReader pool, IReadOnlyList<long> baseRows, IReadOnlyList<StudyDataSet> sets, CancellationToken token)
    {
        writer.Write("trained,row,id\n");
        foreach (StudyDataSet set in sets)
        {
            foreach (long row in set.Category is null ? baseRows : set.Added)
            {
                token.ThrowIfCancellationRequested();
                writer.Write($"{CategoryMatrixWriter.Field(set.Trained)},{row},{CategoryMatrixWriter.Field(pool.Id(row))}\n");
            }
        }
    }

    private static void Template(TextWriter writer, IReadOnlyList<StudyDataSet> sets, int slices)
    {
        writer.Write("trained,target,slice,score\n");
        foreach (StudyDataSet set in sets)
        {
            foreach (string target in sets.Where(s => s.Category is not null).Select(s => s.Category!))
            {
                for (int slice = 1; slice <= slices; slice++)
                {
                    writer.Write($"{CategoryMatrixWriter.Field(set.Trained)},{CategoryMatrixWriter.Field(target)},{slice},\n");
                }
            }
        }
    }
}
