using System.Text.Json;
using Sluice.Pool;
using Sluice.Runs.Loop;

namespace Sluice.Runs;

/// <summary>Checks a work directory: the pool, and what lies beside it.</summary>
internal static class WorkVerifier
{
    /// <summary>Adds what is off to <paramref name="findings"/>. Returns the number of files that were read.</summary>
    public static int Verify(string work, ICollection<VerifyFinding> findings, CancellationToken token)
    {
        string pool = PoolReader.Locate(work);
        int before = findings.Count;
        int files = PoolVerifier.Verify(pool, findings, token);
        if (Path.GetFullPath(pool) == Path.GetFullPath(work))
        {
            return files;
        }

        foreach (string name in (ReadOnlySpan<string>)[WorkConfiguration.FileName, WorkConfiguration.CopyName, Path.Combine(LoopFolders.FolderName, LoopJournal.FileName)])
        {
            string path = Path.Combine(work, name);
            if (File.Exists(path))
            {
                files++;
                if (CheckedJson.Fault(File.ReadAllBytes(path)) is { } fault)
                {
                    findings.Add(new VerifyFinding(path, fault));
                }
            }
        }

        string rejects = Path.Combine(work, RejectsFile.FileName);
        // Made of the segments' own: where one of those is off, there is nothing to compare with.
        if (File.Exists(rejects) && findings.Count == before)
        {
            files++;
            if (Fault(work, pool) is { } fault)
            {
                findings.Add(new VerifyFinding(rejects, fault));
            }
        }

        return files;
    }

    private static string? Fault(string work, string pool)
    {
        try
        {
            return RejectsFile.Fault(work, pool, Ledger.Open(pool).Records);
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }
}
