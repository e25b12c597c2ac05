namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>
/// What a power cut leaves of a forgetful disk: each name that was not synced is the old or the new one, each file that was not synced is the old one, the new one or
/// torn. A name that was given over another is one of both, never none; bytes that were synced and not written since are never lost.
/// </summary>
/// <param name="random">Decides what is left.</param>
/// <param name="counts">Takes what is not.</param>
/// <param name="oldest">Whether nothing is left but what was synced.</param>
internal sealed class Survivors(Random random, DiskCounts counts, bool oldest = false)
{
    private const int Block = 512;
    private readonly double _names = oldest ? 0 : random.Next(4) switch { 0 => 0, 1 => 1, _ => 0.5 };
    private readonly int _bytes = oldest ? 0 : random.Next(6);
    private readonly Dictionary<DiskNode, byte[]> _files = [];

    /// <summary>Writes what is left into an empty folder.</summary>
    public void Write(DiskNode root, string target)
    {
        root.Scan(deep: true);
        counts.PowerCuts++;
        Folder(root, target);
    }

    /// <summary>A file of which only a part was written.</summary>
    public static byte[] Tear(Random random, byte[] old, byte[] now)
    {
        int safe = now.AsSpan().StartsWith(old) ? old.Length : old.AsSpan().StartsWith(now) ? now.Length : 0;
        int longest = Math.Max(old.Length, now.Length);
        int length = random.Next(3) switch { 0 => Math.Max(safe, old.Length), 1 => now.Length, _ => random.Next(safe, longest + 1) };
        byte[] torn = new byte[length];
        bool isPrefix = random.Next(3) == 0;
        for (int at = 0; at < length; at += Block)
        {
            byte[]? from = isPrefix ? now : random.Next(3) switch { 0 => old, 1 => now, _ => null };
            int count = Math.Min(Math.Min(Block, length - at), (from?.Length ?? 0) - at);
            if (count > 0)
            {
                from.AsSpan(at, count).CopyTo(torn.AsSpan(at));
            }
        }

        now.AsSpan(0, Math.Min(safe, length)).CopyTo(torn);
        return torn;
    }

    private void Folder(DiskNode folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string name in folder.KeptEntries.Keys.Union(folder.Entries.Keys).Order(StringComparer.Ordinal))
        {
            DiskNode? old = folder.KeptEntries.GetValueOrDefault(name);
            DiskNode? now = folder.Entries.GetValueOrDefault(name);
            DiskNode? left = old == now || random.NextDouble() < _names ? now : old;
            Count(old, now, left);
            string path = Path.Combine(target, name);
            if (left is { IsFolder: true })
            {
                Folder(left, path);
            }
            else if (left is not null)
            {
                File.WriteAllBytes(path, Bytes(left));
            }
        }
    }

    private void Count(DiskNode? old, DiskNode? now, DiskNode? left)
    {
        if (left == now)
        {
            return;
        }

        counts.ForgottenRenames += now is { IsRenamed: true } ? 1 : 0;
        counts.ForgottenFiles += now is { IsRenamed: false } ? 1 : 0;
        counts.ForgottenDeletions += now is null && old is not null ? 1 : 0;
    }

    // Of a file that bears two names for a moment, both are the same.
    private byte[] Bytes(DiskNode file)
    {
        if (!_files.TryGetValue(file, out byte[]? bytes))
        {
            _files[file] = bytes = Choose(file.Kept ?? [], file.Now);
        }

        return bytes;
    }

    private byte[] Choose(byte[] old, byte[] now)
    {
        if (old.AsSpan().SequenceEqual(now))
        {
            return now;
        }

        byte[] left = (_bytes < 4 ? _bytes : random.Next(4)) switch { 0 => old, 1 => now, _ => Tear(random, old, now) };
        bool isOld = left.AsSpan().SequenceEqual(old);
        counts.OldFiles += isOld ? 1 : 0;
        counts.TornFiles += isOld || left.AsSpan().SequenceEqual(now) ? 0 : 1;
        return left;
    }
}
