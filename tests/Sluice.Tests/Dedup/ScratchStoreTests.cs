using System.Diagnostics;
using System.Globalization;
using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class ScratchStoreTests
{
    [Theory]
    [InlineData(4096, 60)]
    [InlineData(4096, 1500)]
    [InlineData(3 * 1024 * 1024, 4000)]
    public void Read_AnyPosition_GivesWhatWasAppended(int cacheBytes, int longest)
    {
        const int seed = 77;
        using TemporaryFolder folder = new();
        Random random = new(seed);
        List<(long Position, ulong[] Set)> sets = [];
        using (ScratchStore<ulong> store = new(folder["scratch"], cacheBytes))
        {
            for (int i = 0; i < 1500; i++)
            {
                ulong[] set = [.. Enumerable.Range(0, random.Next(1, longest)).Select(_ => (ulong)random.NextInt64())];
                sets.Add((store.Append(set), set));
                foreach (int at in new[] { i, Math.Max(0, i - random.Next(20)), random.Next(i + 1) })
                {
                    Assert.True(store.Read(sets[at].Position, sets[at].Set.Length).SequenceEqual(sets[at].Set), $"seed {seed}, set {at} after {i}");
                }
            }

            Assert.InRange(store.FileReads, 1, 4500);
            Assert.True(File.Exists(folder["scratch"]));
        }

        Assert.False(File.Exists(folder["scratch"]));
    }

    [Fact]
    public void Read_LastSets_NeedNoFile()
    {
        using TemporaryFolder folder = new();
        using ScratchStore<ulong> store = new(folder["scratch"], 1024 * 1024);
        List<long> positions = [.. Enumerable.Range(0, 5000).Select(i => store.Append(new ulong[100]))];
        foreach (long position in positions[^1300..])
        {
            store.Read(position, 100);
        }

        Assert.Equal(0, store.FileReads);
    }

    [Fact]
    public void Read_Neighbours_ReadTheFileOnce()
    {
        using TemporaryFolder folder = new();
        using ScratchStore<int> store = new(folder["scratch"], 4096, readLength: 256);
        for (int value = 0; value < 5000; value++)
        {
            Assert.Equal(value, store.Append([value]));
        }

        for (int value = 100; value < 356; value++)
        {
            Assert.Equal(value, store.Read(value, 1)[0]);
        }

        Assert.Equal(1, store.FileReads);
    }

    [Fact]
    public void Read_FileCutByAnother_SaysSo()
    {
        using TemporaryFolder folder = new();
        using ScratchStore<ulong> store = new(folder["scratch"], 4096);
        for (int i = 0; i < 100; i++)
        {
            store.Append(new ulong[100]);
        }

        Cut(folder["scratch"], 1000);

        EndOfStreamException exception = Assert.Throws<EndOfStreamException>(() => store.Read(100, 100).Length);
        Assert.Contains("ends at byte 1000, where 600 more were written", exception.Message, StringComparison.Ordinal);
    }

    // By another program: .NET would respect the lock.
    internal static void Cut(string path, int bytes)
    {
        using Process truncate = Process.Start("truncate", ["-s", bytes.ToString(CultureInfo.InvariantCulture), path]);
        truncate.WaitForExit();
        Assert.Equal(0, truncate.ExitCode);
    }
}
