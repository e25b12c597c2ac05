using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Selection.Iterative;

namespace Sluice.Recipes.Iteration;

/// <summary>
/// A directory that keeps an iteration: a folder an epoch, whole or not there, since it is renamed when all its files are on the disk. The newest epoch's order and window
/// stand at the top as well, for people and scripts; what counts is the folders.
/// </summary>
/// <param name="folder">The directory; made when there is something to keep.</param>
internal sealed class IterationStore(string folder)
{
    private const string OrderFile = "order.csv";
    private const string WindowFile = "window.csv";
    private const string ScoresFile = "scores.csv";
    private const string PicksFile = "picks.csv";
    private const string RecordFile = "state.json";
    private const string Prefix = "epoch-";

    /// <summary>The directory.</summary>
    public string Folder => folder;

    /// <summary>The rows to score again, a row number a line.</summary>
    public string WindowPath => Path.Combine(folder, WindowFile);

    /// <summary>Name of an epoch's folder.</summary>
    public static string NameOf(int epoch) => Prefix + epoch.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>The newest epoch kept; -1 for none.</summary>
    public int Newest()
    {
        int newest = -1;
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, Prefix + "*") : [])
        {
            if (File.Exists(Path.Combine(path, RecordFile)) && int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
            {
                newest = Math.Max(newest, epoch);
            }
        }

        return newest;
    }

    /// <summary>The newest state, and the files at the top brought up to it; null when nothing is kept.</summary>
    public IterationState? Latest()
    {
        int newest = Newest();
        if (newest < 0)
        {
            return null;
        }

        Show(newest);
        return Load(newest);
    }

    /// <summary>Brings the files at the top up to the newest epoch: a run that died between keeping an epoch and showing it left those of the one before.</summary>
    public void ShowNewest()
    {
        if (Newest() is >= 0 and int newest)
        {
            Show(newest);
        }
    }

    /// <summary>An epoch's state. Throws <see cref="InvalidDataException"/> naming the file when one is not what was written.</summary>
    public IterationState Load(int epoch)
    {
        string home = PathOf(epoch);
        IterationRecord record = ReadRecord(Path.Combine(home, RecordFile));
        foreach (StoredFile file in record.Files)
        {
            if (!File.Exists(Path.Combine(home, file.Name)) || SegmentFiles.Describe(home, file.Name) != file)
            {
                throw new InvalidDataException($"{Path.Combine(home, file.Name)} is not what was written there. Restore it, or delete {folder} and begin again.");
            }
        }

        long[] order = [.. File.ReadLines(Path.Combine(home, OrderFile)).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        long[] rows = [.. order.Order()];
        double[] scores = new double[rows.Length];
        int[] scoredIn = new int[rows.Length];
        int at = 0;
        foreach (string[] cells in Cells(Path.Combine(home, ScoresFile)))
        {
            scores[at] = double.Parse(cells[1], CultureInfo.InvariantCulture);
            scoredIn[at++] = int.Parse(cells[2], CultureInfo.InvariantCulture);
        }

        return new IterationState
        {
            Settings = record.Settings,
            Pool = record.Pool,
            Identity = record.Identity,
            Epoch = record.Epoch,
            Rows = rows,
            Order = [.. order.Select(row => Array.BinarySearch(rows, row))],
            Scores = scores,
            ScoredIn = scoredIn,
            Picks = [.. Cells(Path.Combine(home, PicksFile)).Select(cells => new GreedyPick(
                Array.BinarySearch(rows, long.Parse(cells[0], CultureInfo.InvariantCulture)), double.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture)))],
            Ineligible = record.Ineligible,
            Unscored = record.Unscored,
            FirstScores = record.FirstScores,
            Applied = record.Applied,
        };
    }

    /// <summary>Keeps a state. One of epoch 0 takes the place of all that was kept.</summary>
    public void Keep(IterationState state)
    {
        if (state.Epoch == 0)
        {
            Clear();
        }

        string partial = PathOf(state.Epoch) + PoolDisk.Partial;
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        Write(partial, OrderFile, null, state.Order.Select(at => Invariant($"{state.Rows[at]}")));
        Write(partial, WindowFile, null, state.Window.Select(row => Invariant($"{row}")));
        Write(partial, ScoresFile, "row,value,epoch", state.Rows.Select((row, at) => Invariant($"{row},{state.Scores[at]:R},{state.ScoredIn[at]}")));
        Write(partial, PicksFile, "row,diversity,value", state.Picks.Select(pick => Invariant($"{state.Rows[pick.Document]},{pick.Diversity:R},{pick.Value:R}")));
        PoolDisk.Plain.WriteAllText(Path.Combine(partial, RecordFile), JsonSerializer.Serialize(RecordOf(state, partial), PoolJson.Indented) + "\n", "state");
        PoolDisk.Plain.SyncFolder(partial, "state");
        PoolDisk.Plain.Publish(partial, PathOf(state.Epoch), "state");
        Show(state.Epoch);
    }

    /// <summary>Forgets what is kept; other files in the directory stay.</summary>
    public void Clear()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // The newest first: what is left by a crash in between is a whole earlier epoch.
        for (int epoch = Newest(); epoch >= 0; epoch--)
        {
            if (Directory.Exists(PathOf(epoch)))
            {
                Directory.Delete(PathOf(epoch), recursive: true);
            }
        }

        foreach (string name in (ReadOnlySpan<string>)[OrderFile, WindowFile, RecordFile])
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    private static IterationRecord RecordOf(IterationState state, string home) => new()
    {
        Epoch = state.Epoch,
        Rows = state.Rows.Length,
        Wanted = state.Settings.Count(state.Rows.Length),
        Picked = state.Picks.Count,
        Ineligible = state.Ineligible,
        Unscored = state.Unscored,
        Window = state.Window.Length,
        Settings = state.Settings,
        Pool = state.Pool,
        Identity = state.Identity,
        FirstScores = state.FirstScores,
        Applied = state.Applied,
        Files = [.. ((string[])[OrderFile, WindowFile, ScoresFile, PicksFile]).Select(name => SegmentFiles.Describe(home, name))],
    };

    private void Show(int epoch)
    {
        foreach (string name in (ReadOnlySpan<string>)[OrderFile, WindowFile, RecordFile])
        {
            string path = Path.Combine(folder, name);
            byte[] bytes = File.ReadAllBytes(Path.Combine(PathOf(epoch), name));
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                PoolDisk.Plain.WriteAllText(path, Encoding.UTF8.GetString(bytes), "state");
            }
        }
    }

    private string PathOf(int epoch) => Path.Combine(folder, NameOf(epoch));

    private static IterationRecord ReadRecord(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<IterationRecord>(File.ReadAllBytes(path), PoolJson.Options) ?? throw new JsonException("found null.");
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new InvalidDataException($"{path} is no state of an iteration: {exception.Message} Restore it, or delete the directory and begin again.", exception);
        }
    }

    private static IEnumerable<string[]> Cells(string path) => File.ReadLines(path).Skip(1).Select(line => line.Split(','));

    private static void Write(string folder, string name, string? header, IEnumerable<string> lines)
    {
        string path = Path.Combine(folder, name);
        using (StreamWriter writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (string line in header is null ? lines : lines.Prepend(header))
            {
                writer.WriteLine(line);
            }
        }

        PoolDisk.Plain.SyncFile(path, "state");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
