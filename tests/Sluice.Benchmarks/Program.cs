using BenchmarkDotNet.Running;
using Sluice.Benchmarks.Selection;

if (!KCenterGrowth.Run(args))
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
