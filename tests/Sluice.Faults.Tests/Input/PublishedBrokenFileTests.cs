using System.Text;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Input;

/// <summary>A broken file as it was really published, which <c>../shared</c> holds and the repository does not; passes with a message where it is absent.</summary>
public sealed class PublishedBrokenFileTests(ITestOutputHelper output)
{
    private const string Relative = "../shared/data/malformed/alpaca_data-9407-12345-zh-unfinished.json";

    [Fact]
    public async Task Read_PublishedBrokenArray_SavesEveryRowAndSaysWhereItBreaks()
    {
        string path = Path.GetFullPath(Path.Combine(Root(), Relative));
        if (!File.Exists(path))
        {
            output.WriteLine($"needs {Relative}, which is not here");
            return;
        }

        using InputReading reading = new();
        List<Fate> fates = await reading.ReadAsync(path);

        int begun = (await File.ReadAllLinesAsync(path)).Count(line => line.Trim() == "{");
        output.WriteLine($"{begun:N0} rows begin in the file, {fates.Count(fate => fate.Sample is not null):N0} were saved; {fates[^1].Reason}");
        Assert.Equal(begun, fates.Count(fate => fate.Sample is not null));
        Fate broken = Assert.Single(fates, fate => fate.Sample is null);
        Assert.Same(fates[^1], broken);
        Assert.Equal("Found ']' at byte 1,101,003 right after a comma, expected another element: the array is broken or unfinished there.", broken.Reason);
        Assert.Equal((1_101_001, ","), (broken.Row.Origin.Offset, Encoding.UTF8.GetString(broken.Row.Bytes.Span)));
    }

    private static string Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Stream.sln")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }
}
