using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Flow;

/// <summary>Models that are absent, cut off, out of memory, wrong, slow or broken.</summary>
[Collection(HarnessTests.Name)]
public sealed class ModelFaultTests(Undisturbed undisturbed, ITestOutputHelper output) : IClassFixture<Undisturbed>, IDisposable
{
    private readonly FlowCase _case = new(undisturbed.Case);

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task Run_NoModels_EndsWith2AndNamesFolderAndModel()
    {
        SluiceEnd end = (await _case.RunAsync(more: ["--set", "Models:Directory=nowhere"])).Expect(2);
        Assert.Contains("no models in", end.Error, StringComparison.Ordinal);
        Assert.Contains("expected 'quality'", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_case["w"]));
    }

    [Fact]
    public async Task Run_GraphCutOff_EndsWith2AndNamesTheFile()
    {
        CopyModels();
        string graph = _case["models/quality/model.onnx"];
        using (FileStream stream = new(graph, FileMode.Open))
        {
            stream.SetLength(stream.Length / 2);
        }

        SluiceEnd end = (await _case.RunAsync(more: ["--set", "Models:Directory=models"])).Expect(2);
        Assert.Contains(graph, end.Error, StringComparison.Ordinal);
        Assert.Contains("SHA-256", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ModelCannotBeOpened_EndsWith2AndTheLibrarysWords()
    {
        SluiceEnd end = (await _case.RunAsync("model.tagger.open=oom")).Expect(2);
        Assert.Contains("Out of memory (fault on purpose at model.tagger.open)", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutOfMemory_HalvesTheBatchAndScoresEveryRow()
    {
        (await _case.RunAsync("model.quality.run=oom@6;model.embedder.run=oom@9")).Expect(0);

        Assert.Equal(2, _case.Fired.Length);
        _case.ExpectEquation();
        Assert.Equal(0, (long)_case.Manifest["annotate"]!["unscored"]!);
        Assert.Equal(undisturbed.Case.Manifest["rows"]!.ToJsonString(), _case.Manifest["rows"]!.ToJsonString());
        // Half a batch is padded less, which may move a score's last digits and with them a row at the edge.
        long[] expected = undisturbed.Case.Selection();
        int moved = expected.Except(_case.Selection()).Count();
        output.WriteLine($"rows of {expected.Length} selected that two refused batches moved: {moved}");
        Assert.InRange(moved, 0, 2);
    }

    [Fact]
    public async Task Run_NaNAtOneBatch_NamesItsRowsAndGoesOn()
    {
        SluiceEnd end = (await _case.RunAsync("model.quality.run=nan@6")).Expect(0);

        long unscored = (long)_case.Manifest["annotate"]!["unscored"]!;
        Assert.Single(_case.Fired);
        Assert.InRange(unscored, 1, 32);
        Assert.Contains("The model quality could not score row", end.Output + end.Error, StringComparison.Ordinal);
        Assert.Contains("Found NaN", end.Output + end.Error, StringComparison.Ordinal);
        _case.ExpectEquation();
        Assert.Equal(200, _case.Selection().Length);
        output.WriteLine($"rows left unscored by one batch of NaN: {unscored}");
    }

    [Fact]
    public async Task Run_MoreNaNThanAllowed_EndsWith1AndNamesTheOption()
    {
        SluiceEnd end = (await _case.RunAsync("model.quality.run=nan@6", ["--set", "Inference:MaxUnscored=5"])).Expect(1);
        Assert.Contains("Inference:MaxUnscored = 5", end.Error, StringComparison.Ordinal);
        Assert.Single(_case.Fired);
    }

    [Fact]
    public async Task Run_ModelThrowsFromSomePointOn_EndsWith1AndResumesToTheSameBytes()
    {
        SluiceEnd end = (await _case.RunAsync("model.quality.run=throw@22+", ["--set", "Flow:MaxRows=128"])).Expect(1);
        Assert.Contains("model.quality.run", end.Error, StringComparison.Ordinal);
        int kept = _case.Segments();
        Assert.InRange(kept, 1, undisturbed.Case.Segments() - 1);

        SluiceEnd second = (await _case.RunAsync()).Expect(0);
        Assert.Contains("Resuming", second.Output + second.Error, StringComparison.Ordinal);
        _case.ExpectSameAs(undisturbed.Case);
        output.WriteLine($"segments kept: {kept} of {undisturbed.Case.Segments()}");
    }

    [Fact]
    public async Task Run_SlowModel_ComesToTheSameBytes()
    {
        (await _case.RunAsync("model.quality.run=delay:~60")).Expect(0);
        Assert.InRange(_case.Fired.Length, 30, int.MaxValue);
        _case.ExpectSameAs(undisturbed.Case);
    }

    [Fact]
    public async Task Run_PlanOfFaultsUnreadable_EndsWith2AndNamesTheVariable()
    {
        SluiceEnd end = (await _case.RunAsync("stage.quality.before=burn")).Expect(2);
        Assert.Contains("SLUICE_FAULTS: Found the fault 'stage.quality.before=burn', expected point=action", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", end.Error, StringComparison.Ordinal);
    }

    private void CopyModels()
    {
        string models = Path.Combine(AppContext.BaseDirectory, "models");
        foreach (string file in Directory.EnumerateFiles(models, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".onnx", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)))
        {
            string to = Path.Combine(_case["models"], Path.GetRelativePath(models, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
