using System.Text;
using Sluice.Pool.Disk;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>The simulated disk itself: what it forgets, and what it must not.</summary>
public sealed class ForgetfulDiskTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("sluice-forgetful-").FullName;
    private readonly DiskCounts _counts = new();

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public void Survivors_SyncedFileInASyncedFolder_IsThere() => Assert.Equal("ab", Left((disk, folder) => disk.Append(Path.Combine(folder, "a"), "ab"u8, "t")));

    [Fact]
    public void Survivors_FolderNotSynced_ForgetsTheName() => Assert.Null(Left(static (disk, folder) =>
    {
        using DiskFile file = disk.Create(Path.Combine(folder, "a"), "t");
        file.Write("ab"u8);
        file.Sync();
    }));

    [Fact]
    public void Survivors_BytesAfterTheLastSync_AreForgotten() => Assert.Equal("ab", Left(static (disk, folder) =>
    {
        disk.Append(Path.Combine(folder, "a"), "ab"u8, "t");
        using DiskFile file = disk.Create(Path.Combine(folder, "a"), "t", FileMode.Append);
        file.Write("cd"u8);
        file.Flush();
    }));

    [Fact]
    public void Survivors_RenameNotSynced_LeavesTheOldFile() => Assert.Equal("old", Left(static (disk, folder) =>
    {
        disk.WriteAllText(Path.Combine(folder, "a"), "old", "t");
        disk.Append(Path.Combine(folder, "b"), "new"u8, "t");
        disk.Rename(Path.Combine(folder, "b"), Path.Combine(folder, "a"), "t");
    }));

    [Fact]
    public void Survivors_DeletionNotSynced_LeavesTheFile() => Assert.Equal("old", Left(static (disk, folder) =>
    {
        disk.WriteAllText(Path.Combine(folder, "a"), "old", "t");
        disk.Delete(Path.Combine(folder, "a"), "t");
    }));

    [Fact]
    public void Sync_AfterOneThatFailed_DoesNotBringBackWhatWasLost() => Assert.Equal("ab\0\0ef", Left(static (disk, folder) =>
    {
        string path = Path.Combine(folder, "a");
        disk.Append(path, "ab"u8, "t");
        using (DiskFile file = disk.Create(path, "t", FileMode.Append))
        {
            file.Write("cd"u8);
            Assert.Throws<IOException>(file.Sync);
        }

        disk.Append(path, "ef"u8, "t");
    }, new DiskFault(FaultKind.Sync, 4)));

    [Fact]
    public void Write_PastTheLastByte_WritesThePartAndSaysThatTheDiskIsFull()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_scratch, "full")).FullName;
        ForgetfulDisk watch = new(folder, _counts);
        watch.Arm(new DiskFault(FaultKind.Full, 5));
        PoolDisk disk = new(watch);
        disk.Append(Path.Combine(folder, "a"), "abc"u8, "t");
        using (DiskFile file = disk.Create(Path.Combine(folder, "b"), "t"))
        {
            file.Write("abc"u8);
            Assert.True(DiskFullException.Says(Assert.Throws<IOException>(file.Flush)));
        }

        Assert.Equal("ab", File.ReadAllText(Path.Combine(folder, "b")));
        Assert.Throws<IOException>(() => disk.Append(Path.Combine(folder, "c"), "a"u8, "t"));
        watch.Arm(null);
        disk.Append(Path.Combine(folder, "c"), "a"u8, "t");
    }

    [Fact]
    public void Tear_AnAppendedFile_KeepsWhatWasSynced()
    {
        byte[] old = Encoding.ASCII.GetBytes(new string('a', 700));
        byte[] now = [.. old, .. Encoding.ASCII.GetBytes(new string('b', 1500))];
        Random random = new(1);
        HashSet<string> torn = [];
        for (int i = 0; i < 500; i++)
        {
            byte[] left = Survivors.Tear(random, old, now);
            Assert.True(left.AsSpan().StartsWith(old));
            Assert.All(left[700..], b => Assert.True(b is 0 or (byte)'b'));
            torn.Add(Convert.ToHexString(left));
        }

        Assert.True(torn.Count > 100, $"only {torn.Count} ways");
    }

    private string? Left(Action<PoolDisk, string> change, DiskFault? fault = null)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_scratch, "live")).FullName;
        ForgetfulDisk watch = new(folder, _counts);
        watch.Arm(fault);
        change(new PoolDisk(watch), folder);
        string target = Path.Combine(_scratch, "left");
        new Survivors(new Random(1), _counts, oldest: true).Write(watch.Root, target);
        string path = Path.Combine(target, "a");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }
}
