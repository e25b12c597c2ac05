using System.Globalization;
using System.Security.Cryptography;
using Sluice.Pool.Disk;
using Sluice.Records;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>One workload from its first command to its last, on a disk that fails again and again, held against an undisturbed run.</summary>
/// <param name="seed">Decides everything.</param>
/// <param name="scratch">An empty folder to work in.</param>
/// <param name="tables">Writes columns.</param>
/// <param name="counts">Takes what hit.</param>
/// <param name="ignores">Syncs that the disk acknowledges and does not do.</param>
internal sealed class CrashChain(int seed, string scratch, ITableFiles tables, DiskCounts counts, Func<string, bool>? ignores = null)
{
    private readonly Random _random = new(seed ^ 0x5EED);
    private readonly Workload _work = new(seed);
    private readonly List<string> _story = [];
    private int _folders;

    /// <summary>Runs it, through so many faults at most. Throws what is wrong, with the seed and what had happened.</summary>
    public void Run(int faults)
    {
        try
        {
            Dictionary<string, string> expected = Undisturbed(out IReadOnlyList<(int Steps, long Bytes)> sizes);
            Disturbed(faults, expected, sizes);
        }
        catch (LossException exception)
        {
            throw new LossException(Tell(exception));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(Tell(exception), exception);
        }
    }

    private string Tell(Exception exception) => string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {string.Join("; ", _story)}: {exception.Message}");

    private Dictionary<string, string> Undisturbed(out IReadOnlyList<(int Steps, long Bytes)> sizes)
    {
        string folder = NewFolder();
        ForgetfulDisk disk = new(folder, new DiskCounts());
        WorkProgram program = new(_work, new WorkModel(_work, tables, counts), tables, new PoolDisk(disk), folder);
        List<(int, long)> all = [];
        foreach (WorkCommand command in _work.Commands)
        {
            (int steps, long bytes) = (disk.Steps, disk.Bytes);
            program.Execute(command);
            all.Add((disk.Steps - steps, disk.Bytes - bytes));
        }

        sizes = all;
        return Digests(folder);
    }

    private void Disturbed(int faults, Dictionary<string, string> expected, IReadOnlyList<(int Steps, long Bytes)> sizes)
    {
        WorkModel model = new(_work, tables, counts);
        ForgetfulDisk disk = new(NewFolder(), counts, ignores);
        bool isRecovery = false;
        for (int at = 0; at < _work.Commands.Count;)
        {
            if (disk.HasHit || (faults > 0 && !isRecovery) || (faults > 0 && _random.Next(2) == 0))
            {
                disk.Arm(Draw(sizes[at]));
            }

            try
            {
                Program(disk, model).Execute(_work.Commands[at]);
                isRecovery = false;
                at++;
            }
            catch (Exception exception) when (disk.HasHit && (disk.IsDown || exception is IOException))
            {
                faults--;
                _story.Add($"{_work.Commands[at].Verb} {at} ends at {disk.Step} ({(disk.IsDown ? "stopped" : exception.Message.Split(':')[0])})");
                counts.InRecovery += isRecovery ? 1 : 0;
                isRecovery = true;
                disk = After(disk, model);
            }
        }

        disk.Arm(null);
        disk = Cut(disk, model);
        model.Check(WorkProgram.Pool(disk.Root.Path), _work.Commands[^1].Version);
        foreach (WorkCommand command in _work.Closing)
        {
            Program(disk, model).Execute(command);
        }

        Dictionary<string, string> found = Digests(disk.Root.Path);
        Assert.Empty(expected.Except(found).Concat(found.Except(expected)));
        Assert.DoesNotContain(found.Keys, name => name.Contains(PoolDisk.Partial, StringComparison.Ordinal) || name.Contains(".writing", StringComparison.Ordinal));
        Assert.Equal(_work.Segments.Count, model.Acknowledged);
        Assert.Equal(1, model.CheckOutputs(WorkProgram.Output(disk.Root.Path)));
    }

    private WorkProgram Program(ForgetfulDisk disk, WorkModel model) => new(_work, model, tables, new PoolDisk(disk, sync: ignores is null), disk.Root.Path);

    // What is over with the process only is still in the system's memory, and a later power cut may take it.
    private ForgetfulDisk After(ForgetfulDisk disk, WorkModel model)
    {
        if (_random.Next(3) > 0)
        {
            return Cut(disk, model);
        }

        _story.Add("the process ends");
        counts.Deaths++;
        disk.Arm(null);
        return disk;
    }

    private ForgetfulDisk Cut(ForgetfulDisk disk, WorkModel model)
    {
        string folder = NewFolder();
        _story.Add("power cut");
        new Survivors(_random, counts).Write(disk.Root, folder);
        Directory.Delete(disk.Root.Path, recursive: true);
        string pool = WorkProgram.Pool(folder);
        if (Directory.Exists(pool) || model.Acknowledged > 0)
        {
            model.CheckLeft(pool);
        }

        model.CountOutputs(WorkProgram.Output(folder));
        return new ForgetfulDisk(folder, counts, ignores);
    }

    // Often within the first steps, which after a crash are those of the recovery.
    private DiskFault Draw((int Steps, long Bytes) size)
    {
        FaultKind kind = _random.Next(20) switch { < 5 => FaultKind.Before, < 10 => FaultKind.After, < 14 => FaultKind.Within, < 18 => FaultKind.Full, _ => FaultKind.Sync };
        long most = kind == FaultKind.Full ? size.Bytes : size.Steps;
        string? point = kind switch
        {
            FaultKind.Before or FaultKind.After => _random.Next(10) switch { < 3 => ".write", 3 or 4 => "ledger.write", 5 or 6 => ".rename", 7 => ".delete", _ => null },
            FaultKind.Within when _random.Next(3) == 0 => "ledger.write",
            _ => null,
        };
        return new DiskFault(kind, 1 + _random.NextInt64(_random.Next(3) == 0 ? Math.Min(most, 10) + 1 : most + 1), point);
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(scratch, (_folders++).ToString(CultureInfo.InvariantCulture))).FullName;

    private static Dictionary<string, string> Digests(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(path).StartsWith("lock", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal);
}
