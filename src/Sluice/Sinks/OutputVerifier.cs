using System.Text.Json;
using Sluice.Pool;

namespace Sluice.Sinks;

/// <summary>Compares an output directory with its manifest.</summary>
internal static class OutputVerifier
{
    /// <summary>Hashes every output that <c>run.json</c> names. Returns the number of files looked at.</summary>
    public static int Verify(string folder, ICollection<VerifyFinding> findings)
    {
        string path = Path.Combine(folder, OutputFolder.Manifest);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (CheckedJson.Fault(bytes) is { } fault)
            {
                findings.Add(new VerifyFinding(path, fault));
                return 1;
            }

            using JsonDocument manifest = JsonDocument.Parse(bytes);
            int files = 1;
            foreach (JsonElement output in manifest.RootElement.GetProperty("outputs").EnumerateArray())
            {
                files++;
                StoredFile stored = new(output.GetProperty("name").GetString()!, output.GetProperty("bytes").GetInt64(), output.GetProperty("sha256").GetString()!);
                if (PoolVerifier.Compare(folder, stored) is { } problem)
                {
                    findings.Add(new VerifyFinding(Path.Combine(folder, stored.Name), problem));
                }
            }

            return files;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            findings.Add(new VerifyFinding(path, $"The manifest cannot be read: {exception.Message}"));
            return 1;
        }
    }
}
