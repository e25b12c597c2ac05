using Sluice.Configuration;
using Sluice.Demo;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>The input of a forecast: that of the run, and demo rows that the run would make first.</summary>
internal static class ForecastInput
{
    private const long MostDemoRows = 200_000;

    /// <summary>The pipeline with demo sources that are not there yet made in <paramref name="folder"/>; too many of them are a mistake in <paramref name="errors"/>.</summary>
    public static async Task<Pipeline> WithDemosAsync(Pipeline pipeline, string folder, ITableFiles tables, List<ConfigurationError> errors, CancellationToken token)
    {
        List<SourceSpec> sources = [];
        for (int i = 0; i < pipeline.Sources.Count; i++)
        {
            SourceSpec source = pipeline.Sources[i];
            string path = Path.GetFullPath(Path.Combine(pipeline.BaseFolder, source.Path));
            if (source.Demo is null || File.Exists(path))
            {
                sources.Add(source);
                continue;
            }

            if (source.Demo.Rows > MostDemoRows)
            {
                errors.Add(new($"Sources:{i}:Demo", FormattableString.Invariant($"Found {source.Demo.Rows:N0} demo rows that are not made yet, expected at most {MostDemoRows:N0} to make for a forecast alone. Make them first: sluice demo --rows {source.Demo.Rows} --seed {source.Demo.Seed} --out {path}")));
                continue;
            }

            string home = Path.Combine(folder, FormattableString.Invariant($"demo{i}"));
            Directory.CreateDirectory(home);
            string made = Path.Combine(home, Path.GetFileName(path));
            await DemoWriter.WriteAsync(source.Demo.Rows, source.Demo.Seed, made, tables, token);
            sources.Add(new SourceSpec { Path = made, Format = source.Format, Shape = source.Shape, Label = source.Label, Mapping = source.Mapping });
        }

        return pipeline with { Sources = sources };
    }
}
