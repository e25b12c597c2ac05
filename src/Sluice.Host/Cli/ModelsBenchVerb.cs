using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Host.Bench;
using Sluice.Inference;
using Sluice.Inference.Bench;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Topology;

namespace Sluice.Host.Cli;

/// <summary><c>sluice models bench [NAME]</c>.</summary>
internal static class ModelsBenchVerb
{
    private const int EstimateRows = 32;
    private const int LeastRows = 32;
    private const int PassesARound = 4;
    private static readonly int[] s_lengths = [16, 32, 64, 128, 256, 512, 1024, 2048];

    public static Command Create()
    {
        Argument<string?> named = new("NAME") { Description = "The model; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<int> rows = new("--rows") { Description = "Rows of a line at most.", HelpName = "N", DefaultValueFactory = static _ => 4096 };
        Option<double> seconds = new("--seconds") { Description = "Time for a model, roughly.", HelpName = "S", DefaultValueFactory = static _ => 30 };
        Option<int> parallel = new("--parallel") { Description = "Batches worked on at once, in the pipeline and in the bare loop alike.", HelpName = "N", DefaultValueFactory = static _ => 1 };
        Command command = new("bench",
            "Rows and tokens a second on made-up rows of several lengths and of the demo's mix, beside the bare session over the same padded batches. Medians of 5 rounds, in each of which all are measured one after the other. With --json one object a line.")
        {
            Arguments = { named },
            Options = { rows, seconds, parallel },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            Wishes wishes = new(parse.GetValue(rows), parse.GetValue(seconds), parse.GetValue(parallel));
            wishes.Check();
            IReadOnlyList<string> names = parse.GetValue(named) is { } one ? [one] : context.Get<ModelCatalog>().Names;
            foreach (string name in names)
            {
                Run(context, name, wishes, token);
            }

            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Run(VerbContext context, string name, Wishes wishes, CancellationToken token)
    {
        InferenceOptions options = context.Get<InferenceOptions>();
        RecordingRuntime runtime = new(context.Get<IInferenceRuntime>());
        Tokenizer? tokenizer = null;
        ModelCatalog catalog = new(context.Get<ModelsOptions>().Resolve(), runtime, options, path => tokenizer = TokenizerFile.Load(path));
        using TextModel model = catalog.Open(name);
        using ThreadLocal<TokenBuffer> buffers = new(static () => new TokenBuffer());
        int Count(Sample sample, int most) => Tokenize(tokenizer!, model.Manifest.Text, sample, most, buffers.Value!);
        ModelBench bench = new(model, runtime.Last!, sample => Count(sample, model.Manifest.MaxTokens), tokenizer!.PadId, context.Get<TimeProvider>(), wishes.Parallel);
        int batchRows = context.Get<FlowOptions>().BatchRows;
        if (!context.Values.Json)
        {
            context.Print(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {model.Manifest.Task}, reads {model.Manifest.Text}, on {model.Provider}; ONNX Runtime {runtime.Version}, {options.IntraOpThreads} thread(s) a call, {wishes.Parallel} batch(es) at once, batches of up to {options.BatchRows} rows and {options.BatchTokens} tokens."));
            context.Print("  rows of    rows tokens/row padding |   rows/s   tokens/s of bare | from tokens of bare | bare rows/s | tokenizer tokens/s");
        }

        int[] lengths = [.. s_lengths.Where(length => length < model.Manifest.MaxTokens), model.Manifest.MaxTokens];
        double pass = wishes.Seconds / (lengths.Length + 1) / (ModelBench.Rounds + 2) / PassesARound;
        foreach (int length in lengths)
        {
            Func<int, IReadOnlyList<RowBatch>> make = count => BenchRows.OfLength(length, count, batchRows, sample => Count(sample, length + 1));
            Print(context, name, bench.Measure(string.Create(CultureInfo.InvariantCulture, $"{length} tokens"), Fit(make), token));
        }

        Print(context, name, bench.Measure("mixed", Fit(count => BenchRows.Mixed(count, batchRows)), token));

        // As many rows as a pass has time for.
        IReadOnlyList<RowBatch> Fit(Func<int, IReadOnlyList<RowBatch>> make) =>
            make((int)Math.Clamp(pass * bench.Estimate(make(Math.Min(EstimateRows, wishes.Rows)), token), Math.Min(LeastRows, wishes.Rows), wishes.Rows));
    }

    private static int Tokenize(Tokenizer tokenizer, TextView view, Sample sample, int most, TokenBuffer buffer)
    {
        buffer.Clear();
        string prompt = sample.Turns[0].Text.ToString();
        string answer = sample.Turns[^1].Text.ToString();
        return view switch
        {
            TextView.Pair => tokenizer.EncodePair(prompt, answer, most, buffer),
            TextView.Instruction => tokenizer.Encode(sample.Instruction.ToString(), most, buffer),
            TextView.Prompt => tokenizer.Encode(prompt, most, buffer),
            TextView.Response => tokenizer.Encode(answer, most, buffer),
            _ => tokenizer.Encode(string.Concat(prompt, "\n", answer), most, buffer),
        };
    }

    private static void Print(VerbContext context, string name, BenchLine line)
    {
        context.Print(context.Values.Json
            ? JsonSerializer.Serialize(new
            {
                model = name,
                rows = line.Rows,
                count = line.Count,
                calls = line.Calls,
                tokens = line.Tokens,
                padding = Math.Round(line.Padding, 4),
                rowsPerSecond = Math.Round(line.RowsPerSecond, 1),
                tokensPerSecond = Math.Round(line.TokensPerSecond),
                share = Math.Round(line.Share, 4),
                scoredRowsPerSecond = Math.Round(line.ScoredPerSecond, 1),
                scoredShare = Math.Round(line.ScoredShare, 4),
                bareRowsPerSecond = Math.Round(line.BarePerSecond, 1),
                tokenizerTokensPerSecond = Math.Round(line.TokenizedPerSecond),
            })
            : string.Create(CultureInfo.InvariantCulture,
                $"  {line.Rows,-11} {line.Count,6:N0} {(double)line.Tokens / line.Count,9:N1} {line.Padding,7:P1} | {line.RowsPerSecond,8:N0} {line.TokensPerSecond,10:N0} {line.Share,7:P1} | {line.ScoredPerSecond,11:N0} {line.ScoredShare,7:P1} | {line.BarePerSecond,11:N0} | {line.TokenizedPerSecond,18:N0}"));
    }

    private sealed record Wishes(int Rows, double Seconds, int Parallel)
    {
        /// <summary>Throws with every mistake.</summary>
        public void Check()
        {
            List<ConfigurationError> errors = [];
            Expect("--rows", Rows, Rows >= 1, "1 or more");
            Expect("--seconds", Seconds, Seconds is > 0 and <= 86400, "more than 0 and at most 86400");
            Expect("--parallel", Parallel, Parallel is >= 1 and <= 256, "1 to 256");
            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            void Expect(string key, double found, bool isFine, string expected)
            {
                if (!isFine)
                {
                    errors.Add(new(key, string.Create(CultureInfo.InvariantCulture, $"Found {found}, expected {expected}.")));
                }
            }
        }
    }
}
