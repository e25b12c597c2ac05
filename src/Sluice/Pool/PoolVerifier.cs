namespace Sluice.Pool;

/// <summary>Re-hashes what a ledger vouches for, and checks the files that carry their own check.</summary>
internal static class PoolVerifier
{
    /// <summary>Checks the plan, the ledger, every file of every committed segment, the equation and the journals of answers. Returns the number of files that were read.</summary>
    public static int Verify(string folder, ICollection<VerifyFinding> findings, CancellationToken token)
    {
        int files = Plans(folder, findings) + 1;
        try
        {
            var ledger = Ledger.Open(folder);
            if (ledger.Torn is { } torn)
            {
                findings.Add(new VerifyFinding(Path.Combine(folder, Ledger.FileName), torn));
            }

            foreach (LedgerRecord record in ledger.Records)
            {
                token.ThrowIfCancellationRequested();
                files += Segment(folder, record, findings);
            }
        }
        catch (InvalidDataException exception)
        {
            findings.Add(new VerifyFinding(Path.Combine(folder, Ledger.FileName), exception.Message));
        }

        string answers = Path.Combine(folder, AnswerJournal.Folder);
        string[] journals = Directory.Exists(answers) ? Directory.GetFiles(answers, "*.jsonl") : [];
        foreach (string path in journals.Order(StringComparer.Ordinal))
        {
            files++;
            if (AnswerJournal.Fault(path) is { } fault)
            {
                findings.Add(new VerifyFinding(path, fault));
            }
        }

        return files;
    }

    /// <summary>Checks one segment: its files, its copy of the ledger's line, its equation. Returns the number of files that were read.</summary>
    public static int Segment(string folder, LedgerRecord record, ICollection<VerifyFinding> findings)
    {
        string segment = SegmentFiles.PathOf(folder, record.Segment);
        if (!record.Counts.Holds)
        {
            findings.Add(new VerifyFinding(segment, $"The equation does not hold: read {record.Counts.Read}, annotated {record.Counts.Annotated}, duplicate {record.Counts.Duplicate}, rejected {record.Counts.Rejected}.", record.Segment));
        }

        foreach (StoredFile stored in record.Stored)
        {
            if (Compare(segment, stored) is { } problem)
            {
                findings.Add(new VerifyFinding(Path.Combine(segment, stored.Name), problem, record.Segment));
            }
        }

        if (record.Replay is { } replay && Compare(Path.Combine(folder, SegmentFiles.Replays), replay) is { } change)
        {
            findings.Add(new VerifyFinding(Path.Combine(folder, SegmentFiles.Replays, replay.Name), change));
        }

        // Segments of earlier versions have none; the next run writes it.
        string copy = Path.Combine(segment, SegmentFiles.Record);
        if (File.Exists(copy) && File.ReadAllText(copy) != LedgerLine.Of(record) + "\n")
        {
            findings.Add(new VerifyFinding(copy, "It is not the segment's line of the ledger."));
        }

        return record.Stored.Count + (record.Replay is null ? 0 : 1) + 1;
    }

    /// <summary>
    /// A look that costs next to nothing, before a run builds on a pool: whether every file is there in its length. Throws <see cref="InvalidDataException"/> naming the
    /// first that is not.
    /// </summary>
    public static void CheckSizes(string folder, IEnumerable<LedgerRecord> records)
    {
        foreach (LedgerRecord record in records)
        {
            string segment = SegmentFiles.PathOf(folder, record.Segment);
            foreach (StoredFile stored in record.Stored)
            {
                FileInfo file = new(Path.Combine(segment, stored.Name));
                if (!file.Exists || file.Length != stored.Bytes)
                {
                    throw new InvalidDataException($"{file.FullName} is damaged: found {(file.Exists ? $"{file.Length} bytes" : "no such file")}, expected {stored.Bytes} bytes as in the ledger. 'sluice repair' on the work directory makes segment {record.Segment} again.");
                }
            }
        }
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

    private static int Plans(string folder, ICollection<VerifyFinding> findings)
    {
        string plan = Path.Combine(folder, PoolPlan.FileName);
        string copy = Path.Combine(folder, PoolPlan.CopyName);
        if (!File.Exists(copy) && File.Exists(plan) && PoolPlan.IsOfAnEarlierVersion(plan))
        {
            return 1;
        }

        foreach (string path in (ReadOnlySpan<string>)[plan, copy])
        {
            if (!File.Exists(path))
            {
                findings.Add(new VerifyFinding(path, "The file is missing."));
            }
            else if (CheckedJson.Fault(File.ReadAllBytes(path)) is { } fault)
            {
                findings.Add(new VerifyFinding(path, fault));
            }
        }

        return 2;
    }
}
