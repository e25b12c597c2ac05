namespace Sluice.Tests;

/// <summary>A fact that needs a file of <c>../shared</c>; skipped with a message where it is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        string path = Repository.Shared(relative);
        if (!Path.Exists(path))
        {
            Skip = $"needs ../shared/{relative}, which is not here";
        }
    }
}
