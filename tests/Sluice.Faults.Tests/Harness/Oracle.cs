using System.Text.Json.Nodes;
using Sluice.DuckDb;
using Sluice.Pool;
using Sluice.Runs;
using Sluice.Sinks;

namespace Sluice.Faults.Tests.Harness;

/// <summary>
/// What must be true after any fault once the same command has ended well: every row has exactly one fate and its bytes, the equations hold, and nothing on disk
/// differs from what an undisturbed run leaves.
/// </summary>
internal static class Oracle
{
    private static readonly string[] s_outputs = ["selected.jsonl", "selection.jsonl", "dropped.parquet"];

    /// <summary>Compares a finished run with the undisturbed one.</summary>
    public static void Check(Reference reference, string work, string output, HostRun last, string context)
    {
        last.Expect(0, context);
        using DuckDbFiles tables = new(new DuckDbOptions());
        PoolContent pool = PoolContent.Read(work, tables);
        CheckFates(reference.Rows, pool, context);
        CheckEquations(output, pool, context);
        Same(reference.Pool.Stored, pool.Stored, "files that the ledger names", context);
        Same(reference.Pool.Columns, pool.Columns, "columns", context);
        foreach (string name in s_outputs)
        {
            SameBytes(Path.Combine(reference.Output, name), Path.Combine(output, name), context);
        }

        SameBytes(Path.Combine(reference.Work, "rejects.jsonl"), Path.Combine(work, "rejects.jsonl"), context);
        Verify(reference, work, output, context);
        foreach (string folder in (string[])[work, output])
        {
            Assert.True(FolderState.Leftovers(folder) is [], $"{context}: found left over: {string.Join(", ", FolderState.Leftovers(folder))}");
        }
    }

    // The short form saves the two processes and asks what the verb asks.
    private static void Verify(Reference reference, string work, string output, string context)
    {
        if (FaultScale.IsFull)
        {
            HostProcess.Run(reference.Folder, "verify", work).Expect(0, $"{context}: verify {work}");
            HostProcess.Run(reference.Folder, "verify", output).Expect(0, $"{context}: verify {output}");
            return;
        }

        List<VerifyFinding> findings = [];
        WorkVerifier.Verify(work, findings, CancellationToken.None);
        OutputVerifier.Verify(output, findings);
        Assert.True(findings is [], $"{context}: {string.Join('\n', findings)}");
    }

    private static void CheckFates(IReadOnlyDictionary<long, byte[]> rows, PoolContent pool, string context)
    {
        long[] fates = [.. pool.Annotated, .. pool.Duplicates, .. pool.Rejected];
        Assert.True(fates.Distinct().Count() == fates.Length, $"{context}: rows with two fates: {Some(fates.GroupBy(static f => f).Where(static g => g.Count() > 1).Select(static g => g.Key))}");
        Assert.True(rows.Keys.All(pool.Payloads.ContainsKey), $"{context}: rows lost: {Some(rows.Keys.Where(n => !pool.Payloads.ContainsKey(n)))}");
        Assert.True(pool.Payloads.Keys.All(rows.ContainsKey), $"{context}: rows invented: {Some(pool.Payloads.Keys.Where(n => !rows.ContainsKey(n)))}");
        Assert.True(rows.All(r => r.Value.AsSpan().SequenceEqual(pool.Payloads[r.Key])), $"{context}: rows with other bytes: {Some(rows.Where(r => !r.Value.AsSpan().SequenceEqual(pool.Payloads[r.Key])).Select(static r => r.Key))}");
    }

    private static void CheckEquations(string output, PoolContent pool, string context)
    {
        JsonNode rows = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "run.json")))!["rows"]!;
        (long read, long annotated, long duplicate, long rejected) = (Of("read"), Of("annotated"), Of("duplicate"), Of("rejected"));
        Assert.True(read == annotated + duplicate + rejected, $"{context}: read {read}, annotated {annotated}, duplicate {duplicate}, rejected {rejected}");
        Assert.True(Of("candidates") == Of("selected") + Of("dropped"), $"{context}: candidates {Of("candidates")}, selected {Of("selected")}, dropped {Of("dropped")}");
        Assert.Equal((annotated, duplicate, rejected), ((long)pool.Annotated.Count, (long)pool.Duplicates.Count, (long)pool.Rejected.Count));
        Assert.Equal((read, annotated, duplicate, rejected), (pool.Counts.Read, pool.Counts.Annotated, pool.Counts.Duplicate, pool.Counts.Rejected));
        // A pool without them would prove less.
        Assert.True(duplicate > 0 && rejected > 0, $"{context}: found {duplicate} duplicates and {rejected} rejects, expected some of both");

        long Of(string name) => (long)rows[name]!;
    }

    private static void Same(IReadOnlyList<string> expected, IReadOnlyList<string> found, string what, string context) => Assert.True(expected.SequenceEqual(found),
        $"{context}: {what} differ from an undisturbed run's: only there {Some(expected.Except(found))}; only here {Some(found.Except(expected))}");

    private static void SameBytes(string expected, string found, string context) => Assert.True(
        File.Exists(found) && File.ReadAllBytes(expected).AsSpan().SequenceEqual(File.ReadAllBytes(found)), $"{context}: {found} differs from an undisturbed run's, or is missing");

    private static string Some<T>(IEnumerable<T> values) => string.Join(", ", values.Take(5));
}
