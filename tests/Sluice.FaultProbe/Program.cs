// Reads the files named on standard input, one a line, and answers each with one line of JSON: what a test looks at that must outlive a crash of native code.
using System.Globalization;
using System.Text.Json;
using Sluice.FaultProbe;

using Reading reading = new(int.Parse(args[0], CultureInfo.InvariantCulture));
while (Console.ReadLine() is { Length: > 0 } path)
{
    Console.WriteLine(JsonSerializer.Serialize(await reading.ReadAsync(path)));
}
