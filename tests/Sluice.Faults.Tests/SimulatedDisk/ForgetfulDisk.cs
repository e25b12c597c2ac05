using Sluice.Pool.Disk;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>
/// Stands beside a real folder and keeps what a disk would have of it after a power cut: of a file the bytes of its last sync, of a folder the names of its last sync.
/// Everything else is only in the system's memory, and <see cref="Survivors"/> decides what of it is left. Fails where it is told to.
/// </summary>
internal sealed class ForgetfulDisk : IDiskWatch
{
    private const int InputOutput = 5;
    private const int NoSpace = 28;
    private readonly DiskCounts _counts;
    private readonly Func<string, bool> _ignores;
    private DiskFault? _fault;
    private long _at;

    /// <param name="folder">The real folder; what is in it now, the disk has.</param>
    /// <param name="counts">Takes the faults that hit.</param>
    /// <param name="ignores">Syncs that the disk acknowledges and does not do, by the name of their step.</param>
    public ForgetfulDisk(string folder, DiskCounts counts, Func<string, bool>? ignores = null)
    {
        _counts = counts;
        _ignores = ignores ?? (static _ => false);
        Root = new DiskNode(null, folder, isFolder: true);
        Root.Scan(deep: true);
        Keep(Root);
    }

    /// <summary>The folder.</summary>
    public DiskNode Root { get; }

    /// <summary>Steps seen.</summary>
    public int Steps { get; private set; }

    /// <summary>The last of them.</summary>
    public string Step { get; private set; } = "";

    /// <summary>Bytes written in steps.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the fault has hit.</summary>
    public bool HasHit { get; private set; }

    /// <summary>The step at which one hit last.</summary>
    public int HitStep { get; private set; }

    /// <summary>Whether nothing may change any more.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Orders a fault, or none; also what frees a full disk and starts a machine again.</summary>
    public void Arm(DiskFault? fault)
    {
        (_fault, HasHit, IsDown) = (fault, false, false);
        _at = fault is null ? 0 : fault.At + (fault.Kind == FaultKind.Full ? Bytes : Steps);
    }

    /// <inheritdoc/>
    public int Before(in DiskStep step)
    {
        ThrowIfDown();
        Steps++;
        Step = $"{Steps} {step.Point}";
        bool isWrite = step.Point.EndsWith(".write", StringComparison.Ordinal);
        bool isRenewal = step.Point.EndsWith(".renew", StringComparison.Ordinal);
        if ((isWrite || isRenewal) && step.Bytes > 0 && Find(step.Path) is { Ghost: { } ghost } node)
        {
            // Files are written at their end, or over it: what lies behind that place is new to the system again.
            node.Ghost = ghost[..(int)Math.Min(ghost.Length, new FileInfo(step.Path).Length - (isRenewal ? step.Bytes : 0))];
        }

        int room = _fault?.Kind switch
        {
            FaultKind.Before when IsDue(step) => Stop(),
            FaultKind.Within when isWrite && IsDue(step) && step.Bytes > 0 => Part(step),
            FaultKind.Full when isWrite => Fit(step),
            FaultKind.Sync when IsDue(step) && !HasHit && step.Point.EndsWith(".sync", StringComparison.Ordinal) => Refuse(step),
            _ => step.Bytes,
        };
        Bytes += room;
        if (step.Point.EndsWith(".delete", StringComparison.Ordinal))
        {
            Remember(Find(step.Path));
        }
        else if (step.To is not null && File.Exists(step.To))
        {
            Remember(Find(step.To));
        }

        return room;
    }

    /// <inheritdoc/>
    public void After(in DiskStep step)
    {
        ThrowIfDown();
        Note(step);
        if (_fault?.Kind == FaultKind.After && IsDue(step))
        {
            Stop();
        }
    }

    private bool IsDue(in DiskStep step) => Steps >= _at && step.Point.EndsWith(_fault!.Point ?? "", StringComparison.Ordinal);

    private void Note(in DiskStep step)
    {
        DiskNode? node = step.Point.EndsWith(".rename", StringComparison.Ordinal) || !_ignores(step.Point) ? Find(step.Path) : null;
        switch (node is null ? "" : Path.GetExtension(step.Point))
        {
            case ".sync":
                node!.Kept = Synced(node, node.Now);
                break;
            case ".folder":
                node!.Scan(deep: false);
                node.KeepEntries();
                break;
            case ".rename" when Find(Path.GetDirectoryName(step.To)!) is { } folder:
                node!.Move(folder, Path.GetFileName(step.To)!);
                break;
            case ".delete":
                node!.Unlink();
                break;
            case ".truncate" when node!.Ghost is { } ghost:
                node.Ghost = ghost[..(int)Math.Min(ghost.Length, new FileInfo(step.Path).Length)];
                break;
        }
    }

    // The system writes what changed since; what a failed sync lost stays lost.
    private static byte[] Synced(DiskNode node, byte[] now)
    {
        if (node.Ghost is not { } ghost)
        {
            return now;
        }

        byte[] kept = [.. now];
        byte[] old = node.Kept ?? [];
        for (int i = 0; i < Math.Min(ghost.Length, now.Length); i++)
        {
            kept[i] = i < old.Length ? old[i] : (byte)0;
        }

        return kept;
    }

    private int Stop()
    {
        Hit(FaultKind.Before == _fault!.Kind ? FaultKind.Before : FaultKind.After);
        IsDown = true;
        throw new SimulatedCrash(Step);
    }

    private int Part(in DiskStep step)
    {
        Hit(FaultKind.Within);
        IsDown = true;
        return (int)(_at * 7919 % step.Bytes);
    }

    private int Fit(in DiskStep step)
    {
        long room = Math.Max(0, _at - Bytes);
        if (room >= Math.Max(1, step.Bytes))
        {
            return step.Bytes;
        }

        Hit(FaultKind.Full);
        return step.Bytes > 0 ? (int)room : throw new IOException($"No space left on device : '{step.Path}'", NoSpace);
    }

    private int Refuse(in DiskStep step)
    {
        Hit(FaultKind.Sync);
        if (Find(step.Path) is { } node)
        {
            node.Ghost = node.Now;
        }

        throw new IOException($"Input/output error : '{step.Path}'", InputOutput);
    }

    private void Hit(FaultKind kind)
    {
        _counts.Hits[kind] += HasHit ? 0 : 1;
        HitStep = HasHit ? HitStep : Steps;
        HasHit = true;
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new SimulatedCrash(Step);
        }
    }

    private static void Keep(DiskNode node)
    {
        node.KeepEntries();
        node.Kept = node.IsFolder ? null : node.Now;
        foreach (DiskNode below in node.Entries.Values)
        {
            Keep(below);
        }
    }

    private static void Remember(DiskNode? node)
    {
        if (node is { IsFolder: false })
        {
            node.Last = node.Now;
        }
        else if (node is not null)
        {
            node.Scan(deep: false);
            foreach (DiskNode below in node.Entries.Values)
            {
                Remember(below);
            }
        }
    }

    private DiskNode? Find(string path)
    {
        string relative = Path.GetRelativePath(Root.Path, path);
        DiskNode? at = Root;
        foreach (string name in relative == "." ? [] : relative.Split(Path.DirectorySeparatorChar))
        {
            if (name == "..")
            {
                return null;
            }

            if (!at.Entries.TryGetValue(name, out DiskNode? next))
            {
                at.Scan(deep: false);
                next = at.Entries.GetValueOrDefault(name);
            }

            if (next is null)
            {
                return null;
            }

            at = next;
        }

        return at;
    }
}
