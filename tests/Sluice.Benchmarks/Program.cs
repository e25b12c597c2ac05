using BenchmarkDotNet.Running;
using Sluice.Benchmarks.Selection;

if (args is ["time", .. string[] work])
{
    SelectionTimes.Run(work);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
