using Sluice.Pool.Disk;

namespace Sluice.Tests.Pool.Disk;

public sealed class DiskRetriesTests
{
    private static readonly IOException s_momentary = new("Input/output error : '/d/x'", 5);

    [Fact]
    public void Allow_MomentaryFaults_SoManyTimesAndAnewAfterACommit()
    {
        DiskRetries retries = new(2);

        Assert.True(retries.Allow(s_momentary, 4, out string? why));
        Assert.Contains("try 1 of 2", why, StringComparison.Ordinal);
        Assert.True(retries.Allow(s_momentary, 4, out _));
        Assert.False(retries.Allow(s_momentary, 4, out _));
        Assert.True(retries.Allow(s_momentary, 5, out _));
    }

    [Theory]
    [InlineData(28, "No space left on device")]
    [InlineData(30, "Read-only file system")]
    [InlineData(13, "Permission denied")]
    [InlineData(2, "No such file or directory")]
    public void Allow_FaultsThatStay_Never(int code, string message) => Assert.False(new DiskRetries(9).Allow(new IOException(message, code), 0, out _));

    [Theory]
    [InlineData(28, "whatever", true)]
    [InlineData(122, "whatever", true)]
    [InlineData(0, "Cannot write 'x.parquet': IO Error: Could not write to file: No space left on device", true)]
    [InlineData(5, "Input/output error", false)]
    public void Says_TheSystemsWordOrALibrarys_IsUnderstood(int code, string message, bool full)
    {
        Assert.Equal(full, DiskFullException.Says(new IOException(message, code)));
        Assert.Equal(full, DiskFullException.Says(new InvalidOperationException("around it", new IOException(message, code))));
    }

    [Fact]
    public void In_AFolder_NamesItWhatWasWrittenAndWhatIsFree()
    {
        using TemporaryFolder folder = new();
        string message = DiskFullException.In(folder.Path, "segment 3 of the pool", "Free space there.", s_momentary).Message;
        Assert.StartsWith($"The disk that holds {folder.Path} is full, found while writing segment 3 of the pool: ", message, StringComparison.Ordinal);
        Assert.Contains("free once the unfinished part is deleted. Free space there.", message, StringComparison.Ordinal);
    }
}
