namespace Sluice.Tests;

/// <summary>Where the repository and the shared test data lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Path below <c>../shared</c>, the data that is never committed.</summary>
    public static string Shared(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));

    public static string Models => Path.Combine(Root, "models");

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Stream.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Stream.sln above {AppContext.BaseDirectory}.");
    }
}
