using System.Globalization;
using Sluice.Host.Cli;

// Numbers and dates look the same wherever the program runs.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await SluiceCommand.RunAsync(args);
