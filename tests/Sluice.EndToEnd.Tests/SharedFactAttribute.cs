namespace Sluice.EndToEnd.Tests;

/// <summary>A fact that needs a file of <c>../shared</c>; skipped with a message where it is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        if (!Path.Exists(Cli.Shared(relative)))
        {
            Skip = $"needs ../shared/{relative}, which is not here";
        }
    }
}
