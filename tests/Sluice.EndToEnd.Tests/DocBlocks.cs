using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.EndToEnd.Tests;

/// <summary>
/// The marked blocks of a Markdown file, in order: <c>&lt;!-- file: NAME --&gt;</c> before a block is a file to write, <c>&lt;!-- run --&gt;</c> commands to run
/// (<c>&lt;!-- run: exit 2 --&gt;</c>: with that exit code). A block without a language right behind the commands is an excerpt of what they print.
/// </summary>
internal static partial class DocBlocks
{
    public static IEnumerable<DocBlock> Of(string text) => Marked().Matches(text).Select(m => new DocBlock(m.Groups["marker"].Value, m.Groups["body"].Value, m.Groups["excerpt"].Value));

    /// <summary>Runs a block's commands, all of <c>sluice</c>, in the folder. Returns what they wrote.</summary>
    public static IReadOnlyList<CliResult> Run(Cli cli, DocBlock block)
    {
        int exitCode = Exit().Match(block.Marker) is { Success: true } exit ? int.Parse(exit.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        List<CliResult> results = [];
        foreach (string line in block.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("sluice", words[0]);
            results.Add(cli.Run(words[1..]).Expect(exitCode));
        }

        return results;
    }

    [GeneratedRegex("<!-- (?<marker>(?:file|run)\\b[^>]*?) -->\n```[a-z]+\n(?<body>.*?)```(?:\n\n```\n(?<excerpt>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("^run: exit ([0-9]+)$")]
    private static partial Regex Exit();
}
