using System.Text.RegularExpressions;

namespace Sluice.EndToEnd.Tests;

/// <summary>The documents under <c>docs/</c>: the tutorial's commands are executed, what it shows of their output is compared, links lead somewhere.</summary>
public sealed partial class DocsTests
{
    private static string Folder { get; } = Path.Combine(Cli.Root, "docs");

    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(Cli.Root, "README.md")).Select(f => Path.GetRelativePath(Cli.Root, f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Tutorial_AsWritten_RunsAndPrintsWhatItShows()
    {
        using Cli cli = new();
        int commands = 0;
        foreach (DocBlock block in DocBlocks.Of(File.ReadAllText(Path.Combine(Folder, "tutorial.md"))))
        {
            if (block.File is { } file)
            {
                cli.Write(file, block.Body);
                continue;
            }

            IReadOnlyList<CliResult> results = DocBlocks.Run(cli, block);
            commands += results.Count;
            string[] printed = [.. results.SelectMany(r => (r.Output + "\n" + r.Error).Split('\n')).Select(Masked)];
            foreach (string line in block.Excerpt.Split('\n').Where(l => l.Trim() is not ("" or "…")))
            {
                Assert.True(printed.Any(p => Shows(p, Masked(line))), $"The tutorial shows this line of '{block.Body.Trim()}', which printed no such line:\n{line}\n\n{string.Join('\n', printed)}");
            }
        }

        Assert.Equal(10, commands);
        Assert.Equal(300, cli.Lines("runs/my/mix/selected.jsonl").Length);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_EachRelativeOne_LeadsToAFile(string document)
    {
        string path = Path.Combine(Cli.Root, document);
        string prose = Code().Replace(File.ReadAllText(path), "");
        string[] broken = [.. Link().Matches(prose).Select(m => m.Groups[1].Value)
            .Where(l => !l.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, l)))];

        Assert.True(broken.Length == 0, $"{document}: {string.Join(", ", broken)}");
    }

    [Fact]
    public void Recipes_EachPublishedPipeline_HasAPage()
    {
        IEnumerable<string> pipelines = Directory.EnumerateFiles(Path.Combine(Cli.Root, "pipelines"), "*.json")
            .Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => n != "quickstart");
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Folder, "recipes"), "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => n != "README");

        Assert.Equal(pipelines.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Where(f => f != "README.md"),
            f => Assert.Contains($"({f})", index, StringComparison.Ordinal));
    }

    /// <summary>Without what differs between machines: times, sizes, shares of time, decimals, the width of blanks.</summary>
    private static string Masked(string line) => Blanks().Replace(Varying().Replace(line, "#"), " ").Trim();

    /// <summary>Whether a printed line is the shown one, an ellipsis standing for anything.</summary>
    private static bool Shows(string printed, string shown) =>
        Regex.IsMatch(printed, $"^{string.Join(".*", shown.Split('…').Select(Regex.Escape))}$", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"[0-9,]+\.[0-9]+|[0-9,.]+(?= (s|rows/s|KiB|MiB|%)($|\W))")]
    private static partial Regex Varying();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
