namespace Sluice.Runs;

/// <summary>Where models lie: section <c>Models</c>.</summary>
public sealed class ModelsOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Models";

    /// <summary>Directory with one folder a model. A relative path is looked for in the current directory, then beside the program. Default <c>models</c>.</summary>
    public string Directory { get; init; } = "models";

    /// <summary>The directory in force.</summary>
    internal string Resolve() => System.IO.Directory.Exists(Directory) || Path.IsPathRooted(Directory)
        ? Path.GetFullPath(Directory)
        : Path.Combine(AppContext.BaseDirectory, Directory);
}
