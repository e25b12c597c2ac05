using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>One flipped byte in each kind of file that a run leaves.</summary>
[Collection(HarnessTests.Name)]
public sealed class FlippedByteTests(References references, ITestOutputHelper output)
{
    private const int Seed = 5;
    private const string Segments = "/segments/";
    // What the next run would not believe anyway: who has the lock, and how long the receipt of a run that was cut off is.
    private static readonly string[] s_notes = ["lock", "lock.owner", "progress"];

    [Fact]
    public void Verify_FlippedByte_NamesExactlyThatFile()
    {
        Reference reference = references.Of(Scenario.Small());
        Random random = new(Seed);
        using Attempt attempt = new(reference, StartState.Finished);
        List<string> wrong = [];
        // Of the segments one stands for all: the first that has rejects, as an empty file has no byte to flip.
        string segment = Path.GetDirectoryName(Directory.GetFiles(attempt.Work, "rejects.jsonl", SearchOption.AllDirectories)
            .Where(static f => f.Contains(Segments, StringComparison.Ordinal) && new FileInfo(f).Length > 0).Order(StringComparer.Ordinal).First())!;
        (string Folder, string File)[] files =
        [
            .. FolderState.Files(attempt.Work).Where(f => IsKind(f, segment)).Select(f => (attempt.Work, f)),
            .. FolderState.Files(attempt.Output).Select(f => (attempt.Output, f)),
        ];
        // Fewer would mean that the walk does not see what a run leaves.
        Assert.True(files.Length >= 20, string.Join(", ", files));
        foreach ((string folder, string file) in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            // The last record of a ledger is a place of its own: it might be taken for one that a crash cut off.
            int[] places = [random.Next(bytes.Length), .. Path.GetFileName(file) == "ledger.jsonl" ? (int[])[bytes.Length - 1, bytes.Length - 40, 12] : []];
            foreach (int at in places)
            {
                File.WriteAllBytes(file, [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]]);
                HostRun verify = HostProcess.Run(reference.Folder, "verify", folder);
                string[] named = [.. verify.Error.Split('\n').Where(line => line.StartsWith(folder, StringComparison.Ordinal)).Select(static line => line.Split(": ")[0])];
                if (verify.ExitCode != 1 || !named.SequenceEqual([file]))
                {
                    wrong.Add($"byte {at} of {bytes.Length} in {Path.GetRelativePath(attempt.Folder, file)}: exit code {verify.ExitCode}, named {string.Join(", ", named)}\n{verify.Error}");
                }
            }

            File.WriteAllBytes(file, bytes);
        }

        Assert.True(wrong is [], $"seed {Seed}:\n{string.Join('\n', wrong)}");
        HostProcess.Run(reference.Folder, "verify", attempt.Work).Expect(0, "all bytes put back");
        Summary.Add(output, "verify names the file of one flipped byte", files.Length, 0, Seed);
    }

    private static bool IsKind(string path, string segment) => !s_notes.Contains(Path.GetFileName(path))
        && (!path.Contains(Segments, StringComparison.Ordinal) || Path.GetDirectoryName(path) == segment);
}
