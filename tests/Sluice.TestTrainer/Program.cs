// Trains the smallest language model whose answers depend on the whole text before them, for tests of loops that train.
//   --selected FILE --next FOLDER [--model FOLDER] [--block-once FILE] [--fail-once FILE]
using Sluice.TestTrainer;

Dictionary<string, string> options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
string selected = options["--selected"];
Console.WriteLine($"training on {File.ReadLines(selected).Count()} rows");
if (options.TryGetValue("--fail-once", out string? fail) && !File.Exists(fail))
{
    File.WriteAllText(fail, "failed once");
    Console.Error.WriteLine("loss is not a number");
    return 3;
}

if (options.TryGetValue("--block-once", out string? block) && !File.Exists(block))
{
    File.WriteAllText(block + ".new", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
    File.Move(block + ".new", block);
    await Task.Delay(Timeout.Infinite);
}

// A model goes on from the counts of the one before.
TokenCounts counts = options.TryGetValue("--model", out string? model) && TokenCounts.Load(model) is { } before ? before : new TokenCounts();
counts.Add(selected);
counts.Save(options["--next"]);
ModelFolder.Write(counts, options["--next"]);
Console.WriteLine("trained");
return 0;
