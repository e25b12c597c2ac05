using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.Inbox;

/// <summary>The requests of one round, their rows in one file, until it is committed: what became of each row is noted as the pool takes it.</summary>
/// <param name="number">Number of the batch.</param>
/// <param name="file">Its rows.</param>
/// <param name="entries">Which lines each request is.</param>
internal sealed class InboxBatch(int number, SourceFile file, IReadOnlyList<InboxEntry> entries)
{
    private const int MostRejects = 20;
    private readonly Fate[] _fates = new Fate[entries.Sum(e => e.Lines) + 1];
    private readonly Dictionary<long, string> _reasons = [];

    private enum Fate : byte
    {
        None,
        Annotated,
        Duplicate,
        Rejected,
    }

    /// <summary>Number of the batch.</summary>
    public int Number => number;

    /// <summary>Its rows, as an input.</summary>
    public SourceFile File => file;

    /// <summary>Its requests.</summary>
    public IReadOnlyList<InboxEntry> Entries => entries;

    /// <summary>Bytes of its rows.</summary>
    public long Bytes { get; init; }

    /// <summary>Notes the rows of a batch of the flow that was read from this file. A row told twice, as when a round is tried again, has its last fate.</summary>
    public void Note(RowBatch rows)
    {
        foreach (Sample sample in rows.Samples)
        {
            _fates[sample.Origin.Number] = sample.IsDuplicate ? Fate.Duplicate : Fate.Annotated;
        }

        foreach (Rejection rejection in rows.Rejections)
        {
            _fates[rejection.Origin.Number] = Fate.Rejected;
            _reasons[rejection.Origin.Number] = rejection.Reason;
        }
    }

    /// <summary>What became of a request. Counts are null where this process has not seen the rows: a batch of before a restart.</summary>
    public InboxAnswer Answer(InboxEntry entry)
    {
        Span<long> counts = stackalloc long[(int)Fate.Rejected + 1];
        for (long line = entry.Line + 1; line <= entry.Line + entry.Lines; line++)
        {
            counts[(int)_fates[line]]++;
        }

        bool isSeen = counts[(int)Fate.None] <= entry.Lines - entry.Rows;
        return new InboxAnswer(
            entry.Key, File.Name, entry.Line + 1, entry.Rows,
            isSeen ? counts[(int)Fate.Annotated] : null, isSeen ? counts[(int)Fate.Duplicate] : null, isSeen ? counts[(int)Fate.Rejected] : null,
            [.. _reasons.Where(r => r.Key > entry.Line && r.Key <= entry.Line + entry.Lines).OrderBy(r => r.Key).Take(MostRejects).Select(r => new InboxReject(r.Key - entry.Line, r.Value))]);
    }
}
