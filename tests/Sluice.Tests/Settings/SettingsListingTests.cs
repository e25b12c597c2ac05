using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Host.Settings;

namespace Sluice.Tests.Settings;

public sealed class SettingsListingTests : IDisposable
{
    private const string Variable = "SLUICE__Flow__MaxRows";
    private readonly TemporaryFolder _folder = new();

    public SettingsListingTests() => Environment.SetEnvironmentVariable(Variable, "777");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _folder.Dispose();
    }

    [Fact]
    public void Of_EachLayer_IsNamedAndALaterOneWins()
    {
        IReadOnlyList<ResolvedSetting> settings = List("""
            { "Sources": [ { "Path": "rows.jsonl" } ], "Flow": { "QueueBatches": 4 }, "Recipe": [ { "step": "KCenter", "Count": 5, "As": "seeds" } ] }
            """, "Flow:BatchRows=11");

        Assert.Equal(new ResolvedSetting("Flow:BatchRows", "11", "--set"), Of(settings, "Flow:BatchRows"));
        Assert.Equal(new ResolvedSetting("Flow:MaxRows", "777", "environment " + Variable), Of(settings, "Flow:MaxRows"));
        // The default, but stated.
        Assert.Equal(new ResolvedSetting("Flow:QueueBatches", "4", File), Of(settings, "Flow:QueueBatches"));
        Assert.Equal(new ResolvedSetting("Flow:Parallelism", "0", "appsettings.json (beside the program)"), Of(settings, "Flow:Parallelism"));
        Assert.Equal(new ResolvedSetting("Recipe:0:Metric", "euclidean", "default"), Of(settings, "Recipe:0:Metric"));
        Assert.Equal(new ResolvedSetting("Recipe:0:Step", "KCenter", File), Of(settings, "Recipe:0:Step"));
        Assert.Equal(new ResolvedSetting("Recipe:0:As", "seeds", File), Of(settings, "Recipe:0:As"));
        Assert.Equal(new ResolvedSetting("Sources:0:Path", "rows.jsonl", File), Of(settings, "Sources:0:Path"));
        Assert.Equal(new ResolvedSetting("Sources:0:Shape", null, "default"), Of(settings, "Sources:0:Shape"));
        Assert.Equal(new ResolvedSetting("Name", "p", "default"), Of(settings, "Name"));
        Assert.Equal("00:05:00", Of(settings, "Flow:StallTime").Value);
        Assert.Equal(settings.Count, settings.Select(s => s.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Of_ListsAndMaps_AreListedByElement()
    {
        IReadOnlyList<ResolvedSetting> settings = List("""
            { "Recipe": [ { "Step": "Proportions", "Bounds": { "Code": [0.1, 0.5] }, "Groups": [ { "Categories": ["A"] } ] } ] }
            """);

        Assert.Equal("0.5", Of(settings, "Recipe:0:Bounds:Code:1").Value);
        Assert.Equal("A", Of(settings, "Recipe:0:Groups:0:Categories:0").Value);
        Assert.Equal(new ResolvedSetting("Recipe:0:Groups:0:Max", "1", "default"), Of(settings, "Recipe:0:Groups:0:Max"));
        Assert.Null(Of(settings, "Recipe:0:MinCounts").Value);
    }

    [Fact]
    public void Of_EveryKeyOfTheShippedSettings_IsListed()
    {
        IConfigurationRoot shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();
        HashSet<string> listed = [.. List("{}").Select(s => s.Key)];

        Assert.All(shipped.AsEnumerable().Where(s => s.Value is not null && !s.Key.StartsWith('$')).Select(s => s.Key),
            key => Assert.True(listed.Contains(key) || listed.Any(l => key.StartsWith(l + ":", StringComparison.Ordinal)), key));
    }

    [Theory]
    [InlineData("Stages:Respond:ApiKey", "***")]
    [InlineData("X:AccessToken", "***")]
    [InlineData("X:Secret", "***")]
    [InlineData("Stages:Respond:KeyVariable", "abc")]
    [InlineData("Stages:Respond:MaxTokens", "abc")]
    public void Shown_ValueOfASecret_IsHidden(string key, string expected) => Assert.Equal(expected, new ResolvedSetting(key, "abc", "--set").Shown);

    [Fact]
    public void Text_Origins_StandInOneColumnButForVeryLongValues()
    {
        string[] lines = SettingsText.Of([new("A:B", "1", "default"), new("A:Long", "two words", "--set"), new("A:Path", new string('x', 300), "my.json")]).ReplaceLineEndings("\n").Split('\n');

        Assert.Equal(["A:B = 1              default", "A:Long = two words   --set", $"A:Path = {new string('x', 300)}   my.json"], lines);
    }

    private string File => _folder["p.json"];

    private static ResolvedSetting Of(IReadOnlyList<ResolvedSetting> settings, string key) => settings.Single(s => s.Key == key);

    private IReadOnlyList<ResolvedSetting> List(string pipeline, params string[] sets)
    {
        System.IO.File.WriteAllText(File, pipeline);
        return SettingsListing.Of(ConfigurationLayers.Build(File, sets), "p");
    }
}
