using BenchmarkDotNet.Running;
using Sluice.Benchmarks.Selection;

if (args is ["time", .. string[] work])
{
    SelectionTimes.Run(work);
}
else if (!KCenterGrowth.Run(args))
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
