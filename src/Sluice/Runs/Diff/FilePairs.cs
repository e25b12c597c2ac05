namespace Sluice.Runs.Diff;

/// <summary>Which input file of one pool is which of the other's: by the digest of its bytes, since a file of the same name may hold other rows.</summary>
internal sealed class FilePairs
{
    /// <summary>The other pool has no such file: its rows cannot be there.</summary>
    public const int Absent = -1;

    /// <summary>It cannot be said: rows of such a file are compared with nothing.</summary>
    public const int Doubtful = -2;

    private FilePairs(int[] before, int[] after, IReadOnlyList<string> notes)
    {
        BeforeOf = before;
        AfterOf = after;
        Notes = notes;
    }

    /// <summary>File of the second pool to its place in the first, <see cref="Absent"/> or <see cref="Doubtful"/>.</summary>
    public IReadOnlyList<int> BeforeOf { get; }

    /// <summary>File of the first pool to its place in the second, <see cref="Absent"/> or <see cref="Doubtful"/>.</summary>
    public IReadOnlyList<int> AfterOf { get; }

    /// <summary>What does not fit, a sentence a file.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Pairs the files.</summary>
    public static FilePairs Of(IReadOnlyList<OutputFile> before, IReadOnlyList<OutputFile> after)
    {
        List<string> notes = [];
        int[] beforeOf = [.. Enumerable.Repeat(Absent, after.Count)];
        int[] afterOf = [.. Enumerable.Repeat(Absent, before.Count)];
        MarkShared(before, "the first", afterOf, notes);
        MarkShared(after, "the second", beforeOf, notes);
        bool hashed = before.Concat(after).All(f => f.Sha256.Length > 0);
        ILookup<string, int> byContent = Enumerable.Range(0, before.Count).ToLookup(i => Content(before[i], hashed), StringComparer.Ordinal);
        for (int i = 0; i < after.Count; i++)
        {
            if (beforeOf[i] == Doubtful || Partner(byContent[Content(after[i], hashed)], before, afterOf, after[i]) is not (>= 0 and int at))
            {
                continue;
            }

            (beforeOf[i], afterOf[at]) = (at, i);
            if (before[at].Name != after[i].Name)
            {
                notes.Add($"The input '{before[at].Name}' of the first is '{after[i].Name}' in the second: the same bytes under another name.");
            }
        }

        Dictionary<string, int> names = [];
        for (int i = 0; i < before.Count; i++)
        {
            names.TryAdd(before[i].Name, i);
        }

        for (int i = 0; i < after.Count; i++)
        {
            if (beforeOf[i] == Absent && names.TryGetValue(after[i].Name, out int same) && afterOf[same] == Absent)
            {
                beforeOf[i] = afterOf[same] = Doubtful;
                notes.Add($"The input '{after[i].Name}' holds other bytes in the second than in the first ({Digest(after[i])}, {Digest(before[same])}): its ids need not mean the same rows, so they are compared with nothing.");
            }
        }

        return new FilePairs(beforeOf, afterOf, notes);
    }

    // Two files under one name give their rows the same ids.
    private static void MarkShared(IReadOnlyList<OutputFile> files, string side, int[] other, List<string> notes)
    {
        foreach (IGrouping<string, int> same in Enumerable.Range(0, files.Count).GroupBy(i => files[i].Name, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            foreach (int i in same)
            {
                other[i] = Doubtful;
            }

            notes.Add($"The pool of {side} has {same.Count()} inputs called '{same.Key}', whose rows share their ids: they are compared with nothing.");
        }
    }

    // The partner of the same name first, where several inputs hold the same bytes.
    private static int Partner(IEnumerable<int> same, IReadOnlyList<OutputFile> before, int[] taken, OutputFile file)
    {
        int[] free = [.. same.Where(i => taken[i] == Absent)];
        return free.Length == 0 ? -1 : free.OrderBy(i => before[i].Name == file.Name ? 0 : 1).First();
    }

    // A dry run hashes nothing: there name and place on the disk have to do.
    private static string Content(OutputFile file, bool hashed) => hashed ? file.Sha256 : $"{file.Name}\n{file.Path}";

    private static string Digest(OutputFile file) => file.Sha256.Length == 0 ? "not hashed" : $"SHA-256 {file.Sha256[..Math.Min(12, file.Sha256.Length)]}…";
}
