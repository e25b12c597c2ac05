using System.CommandLine;
using Sluice.Pool;
using Sluice.Runs;
using Sluice.Sinks;

namespace Sluice.Host.Cli;

/// <summary><c>sluice verify DIR</c>.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "A pool, a work directory or an output directory." };
        Command command = new("verify", "Hash everything again and compare with the ledger (pool) or the manifest (outputs). Exit code 1 when anything is off.") { Arguments = { directory } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            string path = Path.GetFullPath(parse.GetValue(directory)!);
            List<VerifyFinding> findings = [];
            int files = 0;
            bool isOutput = File.Exists(Path.Combine(path, OutputFolder.Manifest));
            if (isOutput)
            {
                files += OutputVerifier.Verify(path, findings);
            }

            if (!isOutput || Path.Exists(Path.Combine(path, "pool")))
            {
                files += WorkVerifier.Verify(path, findings, token);
            }

            foreach (VerifyFinding finding in findings)
            {
                Console.Error.WriteLine($"{finding.Path}: {finding.Problem}");
            }

            if (findings.Count > 0 && !isOutput)
            {
                Console.Error.WriteLine($"'sluice repair {parse.GetValue(directory)}' mends a work directory: only what is damaged is made again.");
            }

            context.Print(findings.Count == 0 ? $"{path}: {files:N0} files are as they were written." : $"{path}: {findings.Count:N0} of {files:N0} files are not as they were written.");
            return Task.FromResult(findings.Count == 0 ? ExitCode.Done : ExitCode.Failed);
        });
    }
}
