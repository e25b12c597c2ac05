using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.DuckDb;
using Sluice.Host.Serve;
using Sluice.Runs;

namespace Sluice.Host.Services;

/// <summary>Checks every section of options, whichever of them a verb will use: a mistyped key that is silently ignored today is a wrong run tomorrow.</summary>
internal static class Sections
{
    /// <summary>Adds every mistake in the sections to <paramref name="errors"/>. Sources and recipe belong to the pipeline and are checked with it.</summary>
    public static void Check(IConfiguration configuration, List<ConfigurationError> errors)
    {
        SluiceOptions.Read(configuration, errors);
        ConfigurationReader reader = new(errors);
        reader.Read<DuckDbOptions>(configuration.GetSection(DuckDbOptions.SectionName));
        reader.Read<ServeOptions>(configuration.GetSection(ServeOptions.SectionName));
    }
}
