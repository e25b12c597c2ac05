using System.Globalization;

namespace Sluice.Runs.Diff;

/// <summary>Packs row ids (<c>file#number</c>) into one number each: the file's place in the plan and the row's number in it.</summary>
internal sealed class RowKeys
{
    private const int NumberBits = 40;
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly string _path;

    /// <param name="manifest">The output whose ids are packed.</param>
    public RowKeys(OutputManifest manifest)
    {
        _path = manifest.Path;
        _byName = _files.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < manifest.Files.Count; i++)
        {
            _files.TryAdd(manifest.Files[i].Name, i);
        }
    }

    /// <summary>The file of a key.</summary>
    public static int File(long key) => (int)(key >> NumberBits);

    /// <summary>The number of a key.</summary>
    public static long Number(long key) => key & ((1L << NumberBits) - 1);

    /// <summary>The same number in another file.</summary>
    public static long In(int file, long key) => ((long)file << NumberBits) | Number(key);

    /// <summary>An id's key. Throws <see cref="InvalidDataException"/> when it is no <c>file#number</c> of a file that <c>run.json</c> names.</summary>
    public long Of(string id)
    {
        int hash = id.LastIndexOf('#');
        return hash > 0 && _byName.TryGetValue(id.AsSpan(0, hash), out int file)
            && long.TryParse(id.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < 1L << NumberBits
            ? In(file, number)
            : throw new InvalidDataException($"Found the id '{id}' in {_path}, expected file#number of a file that its run.json names. Run 'sluice verify' on the directory.");
    }
}
