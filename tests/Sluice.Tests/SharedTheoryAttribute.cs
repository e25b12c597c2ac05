namespace Sluice.Tests;

/// <summary>A theory that needs a file of <c>../shared</c>; skipped with a message where it is absent.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string relative)
    {
        string path = Repository.Shared(relative);
        if (!Path.Exists(path))
        {
            Skip = $"needs ../shared/{relative}, which is not here";
        }
    }
}
