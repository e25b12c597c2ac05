namespace Sluice.EndToEnd.Tests;

/// <summary>The README's own examples, executed: a block that no longer works fails here.</summary>
public sealed class ReadmeTests
{
    private static string Text { get; } = File.ReadAllText(Path.Combine(Cli.Root, "README.md"));

    [Fact]
    public void Examples_AsWritten_Run()
    {
        using Cli cli = new();
        Directory.CreateDirectory(cli["rows"]);
        Directory.CreateDirectory(cli["more"]);
        cli.Run("demo", "--rows", "60", "--out", "rows/demo.jsonl").Expect(0);
        cli.Write("more/a.jsonl", """{"messages":[{"role":"user","content":"Name a river."},{"role":"assistant","content":"The Danube is a river in Europe."}]}""" + "\n");
        cli.Write("odd.jsonl", """{"q":{"text":"Name a mountain."},"a":"Mont Blanc is a mountain in the Alps."}""" + "\n");
        DocBlock[] blocks = [.. DocBlocks.Of(Text)];
        foreach (DocBlock block in blocks)
        {
            if (block.File is { } file)
            {
                cli.Write(file, block.Body);
            }
        }

        int commands = blocks.Where(b => b.Marker == "run in the folder of my.json").Sum(b => DocBlocks.Run(cli, b).Count);
        Assert.Equal(7, commands);
        Assert.Equal(6, cli.Lines("runs/my/out/selected.jsonl").Length);
        Assert.Equal(62, (int)cli.Json("runs/my/out/run.json")["rows"]!["read"]!);
    }

    [Fact]
    public void Quickstart_IsTheCommandThatCiRuns()
    {
        Assert.Contains("./sluice run pipelines/quickstart.json", Text, StringComparison.Ordinal);
        Assert.Contains("dotnet test Stream.sln", Text, StringComparison.Ordinal);
        string ci = File.ReadAllText(Path.Combine(Cli.Root, ".ci", "run"));
        Assert.Contains("./sluice run pipelines/quickstart.json", ci, StringComparison.Ordinal);
        Assert.Contains("dotnet test Stream.sln", ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_IsShortAndNamesEveryVerb()
    {
        Assert.InRange(Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length, 500, 2500);
        foreach (System.CommandLine.Command verb in Sluice.Host.Cli.SluiceCommand.Create().Subcommands)
        {
            Assert.Contains($"`{verb.Name}", Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pipelines_Shipped_Validate()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Cli.Root, "pipelines"), "*.json").Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)))
        {
            using Cli cli = new();
            cli.Run("validate", file).Expect(0);
        }
    }
}
