using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Proportions;
using Sluice.Runs;
using Sluice.Runs.Forecast;

namespace Sluice.Host.Cli;

/// <summary><c>sluice forecast PIPELINE</c>.</summary>
internal static class ForecastVerb
{
    public static Command Create()
    {
        Argument<string> pipeline = new("PIPELINE") { Description = "The pipeline file." };
        Option<int> sample = new("--sample") { Description = "Rows to sample. Default: 36864, fewer where the models are slow. As many as there are measure everything.", HelpName = "ROWS" };
        Option<double> seconds = new("--seconds") { Description = "Time for the sample, roughly, where --sample does not say. Default 20.", HelpName = "S", DefaultValueFactory = static _ => 20 };
        Option<int> seed = new("--seed") { Description = "The same seed samples the same rows.", HelpName = "S", DefaultValueFactory = static _ => 2024 };
        Option<double?> price = new("--price") { Description = "Price of an hour of this machine, to say what the run costs.", HelpName = "PER_HOUR" };
        Option<bool> ask = new("--ask") { Description = "Stages that ask a server may ask it for the sample (256 rows unless --sample says otherwise). Without, they are left out." };
        Command command = new("forecast",
            "Say what a run will need before it starts: rows, rejects, duplicates, tokens, time, memory and disk, each with a range, from a sample that goes through the run's own stages. "
            + "Nothing is kept, nothing is written into the work or output directory. With --json one object a line on standard output.")
        {
            Arguments = { pipeline },
            Options = { sample, seconds, seed, price, ask },
        };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipeline), async (context, parse, token) =>
        {
            List<ConfigurationError> errors = context.Errors;
            Pipeline read = Pipeline.Read(context.Configuration, context.File, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
            Expect("--sample", parse.GetResult(sample) is null || parse.GetValue(sample) >= 1, parse.GetValue(sample), "1 or more");
            Expect("--seconds", parse.GetValue(seconds) is > 0 and <= 86400, parse.GetValue(seconds), "more than 0 and at most 86400");
            Expect("--price", parse.GetValue(price) is null or >= 0 and < double.PositiveInfinity, parse.GetValue(price) ?? 0, "0 or more");
            if (errors.Count > 0)
            {
                // Models and sources too, so that one look shows every mistake.
                context.Get<PipelineRun>().Check(read, errors)?.Dispose();
                throw new ConfigurationException(errors);
            }

            using Process process = Process.GetCurrentProcess();
            ForecastReport report = await context.Get<ForecastRun>().RunAsync(read, new ForecastOptions
            {
                Sample = parse.GetValue(sample),
                Seconds = parse.GetValue(seconds),
                Seed = parse.GetValue(seed),
                Price = parse.GetValue(price),
                Ask = parse.GetValue(ask),
                StartUp = context.Get<TimeProvider>().GetLocalNow() - process.StartTime,
            }, token);
            Tell(context, report);
            return ExitCode.Done;

            void Expect(string key, bool isFine, double found, string expected)
            {
                if (!isFine)
                {
                    errors.Add(new(key, string.Create(CultureInfo.InvariantCulture, $"Found {found}, expected {expected}.")));
                }
            }
        }, readsMore: true);
    }

    private static void Tell(VerbContext context, ForecastReport report)
    {
        if (!context.Values.Json)
        {
            foreach (string warning in report.Warnings)
            {
                context.Display.Warn(warning);
            }

            context.Print(ForecastText.Of(report));
            return;
        }

        foreach (ForecastLine line in report.Lines)
        {
            context.Print(JsonSerializer.Serialize(new { what = line.What, unit = line.Unit, estimate = Round(line.Value.Estimate), from = Round(line.Value.From), to = Round(line.Value.To) }));
        }

        context.Print(JsonSerializer.Serialize(new
        {
            what = "sample",
            rows = report.Sampled,
            places = report.Places,
            whole = report.IsWhole,
            seed = report.Seed,
            seconds = Round(report.Took.TotalSeconds),
            files = report.Files,
            bytes = report.Bytes,
            bottleneck = report.Bottleneck?.Name,
            busy = Round(report.Bottleneck?.Busy ?? 0),
            notes = report.Notes,
            warnings = report.Warnings,
        }));

        static double Round(double value) => Math.Round(value, 4);
    }
}
