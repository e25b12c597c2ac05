using BenchmarkDotNet.Running;
using Sluice.Benchmarks.Dedup;
using Sluice.Benchmarks.Parsing;
using Sluice.Benchmarks.Selection;
using Sluice.Benchmarks.Tokenization;

if (args is ["time", .. string[] work])
{
    SelectionTimes.Run(work);
}
else if (!KCenterGrowth.Run(args) && !NearGrowth.Run(args) && !await EncodeRate.RunAsync(args) && !await ParseComparison.RunAsync(args))
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
