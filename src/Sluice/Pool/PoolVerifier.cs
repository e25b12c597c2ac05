namespace Sluice.Pool;

/// <summary>Re-hashes what a ledger vouches for.</summary>
internal static class PoolVerifier
{
    /// <summary>Compares every file of every committed segment with the ledger and checks the equation. Returns the number of files that were read.</summary>
    public static int Verify(string folder, ICollection<VerifyFinding> findings, CancellationToken token)
    {
        int files = 0;
        Ledger ledger;
        try
        {
            ledger = Ledger.Open(folder);
        }
        catch (InvalidDataException exception)
        {
            findings.Add(new VerifyFinding(Path.Combine(folder, Ledger.FileName), exception.Message));
            return 1;
        }

        foreach (LedgerRecord record in ledger.Records)
        {
            token.ThrowIfCancellationRequested();
            string segment = SegmentFiles.PathOf(folder, record.Segment);
            if (!record.Counts.Holds)
            {
                findings.Add(new VerifyFinding(segment, $"The equation does not hold: read {record.Counts.Read}, annotated {record.Counts.Annotated}, duplicate {record.Counts.Duplicate}, rejected {record.Counts.Rejected}."));
            }

            foreach (StoredFile stored in record.Stored)
            {
                files++;
                if (Compare(segment, stored) is { } problem)
                {
                    findings.Add(new VerifyFinding(Path.Combine(segment, stored.Name), problem));
                }
            }
        }

        return files + 1;
    }

    /// <summary>What is wrong with a stored file, or null.</summary>
    public static string? Compare(string folder, StoredFile stored)
    {
        if (!File.Exists(Path.Combine(folder, stored.Name)))
        {
            return "The file is missing.";
        }

        StoredFile found = SegmentFiles.Describe(folder, stored.Name);
        return found.Bytes != stored.Bytes ? $"Found {found.Bytes} bytes, expected {stored.Bytes}."
            : found.Sha256 != stored.Sha256 ? $"Found SHA-256 {found.Sha256[..16]}…, expected {stored.Sha256[..16]}…: the content has changed."
            : null;
    }
}
