using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tests.Architecture;

/// <summary>Who may use whom: the table of ARCHITECTURE.md, held against the compiled code.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly s_core = typeof(Sluice.Records.Sample).Assembly;

    // Folder of src/Sluice -> folders it may use. Records, Diagnostics and Configuration are open to all.
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Records"] = [],
        ["Diagnostics"] = [],
        ["Configuration"] = [],
        ["Natives"] = [],
        ["Demo"] = ["Dedup"],
        ["Dedup"] = [],
        ["Selection"] = [],
        ["Proportions"] = [],
        ["Curriculum"] = [],
        ["Inference"] = [],
        ["Endpoints"] = [],
        ["Sources"] = [],
        ["Parsing"] = ["Sources"],
        ["Pool"] = ["Sources"],
        ["Stages"] = ["Parsing", "Sources", "Inference", "Dedup", "Pool", "Endpoints"],
        ["Topology"] = ["Stages", "Sources", "Pool"],
        ["Recipes"] = ["Selection", "Proportions", "Curriculum", "Pool"],
        ["Sinks"] = ["Pool", "Recipes", "Proportions"],
        ["Runs"] = ["Topology", "Stages", "Recipes", "Sinks", "Pool", "Sources", "Parsing", "Inference", "Dedup", "Demo", "Proportions", "Curriculum", "Selection", "Endpoints"],
    };

    private static readonly string[] s_open = ["Records", "Diagnostics", "Configuration"];

    [Fact]
    public void Folders_UseOnlyWhatTheTableAllows()
    {
        List<string> broken = [];
        foreach (Type type in Ours(s_core))
        {
            string folder = FolderOf(type)!;
            Assert.True(s_allowed.ContainsKey(folder), $"The folder {folder} of {type} is not in the table.");
            foreach (Type used in TypeUses.Of(type).Where(u => u.Assembly == s_core))
            {
                string? other = FolderOf(used);
                if (other is not null && other != folder && !s_open.Contains(other) && !s_allowed[folder].Contains(other))
                {
                    broken.Add($"{type.FullName} uses {used.FullName}: {folder} may not use {other}.");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void OnlyTopology_KnowsDataflow()
    {
        string[] users = [.. Ours(s_core).Where(t => FolderOf(t) != "Topology" && TypeUses.Of(t).Any(u => u.Namespace == "System.Threading.Tasks.Dataflow")).Select(t => t.FullName!)];
        Assert.Empty(users);
    }

    [Fact]
    public void OnlyEndpoints_SpeaksHttp()
    {
        string[] users = [.. Ours(s_core).Where(t => FolderOf(t) != "Endpoints"
            && TypeUses.Of(t).Any(u => u.Namespace is { } space && (space.StartsWith("System.Net.Http", StringComparison.Ordinal) || space.StartsWith("Polly", StringComparison.Ordinal)))).Select(t => t.FullName!)];
        Assert.Empty(users);
    }

    [Fact]
    public void Core_NeverTouchesTheConsole()
    {
        string[] users = [.. Ours(s_core).Where(t => TypeUses.Of(t).Contains(typeof(Console))).Select(t => t.FullName!)];
        Assert.Empty(users);
    }

    [Theory]
    [InlineData("Sluice.Onnx")]
    [InlineData("Sluice.DuckDb")]
    [InlineData("Sluice.Clp")]
    [InlineData("Sluice.Zstd")]
    public void Walls_UseTheCoreOnly(string wall)
    {
        string[] references = [.. Assembly.Load(wall).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Sluice", StringComparison.Ordinal))];
        Assert.Equal(["Sluice"], references);
        Assert.DoesNotContain(s_core.GetReferencedAssemblies(), a => a.Name!.StartsWith("Sluice", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_AreSealedStaticOrAbstract()
    {
        string[] open = [.. Ours(s_core).Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract && !t.IsSubclassOf(typeof(Delegate))).Select(t => t.FullName!)];
        Assert.Empty(open);
    }

    [Fact]
    public void Files_AreShort()
    {
        List<string> broken = [];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(p => !p.Contains("/obj/", StringComparison.Ordinal)))
        {
            int lines = File.ReadLines(path).Count();
            if (lines > 300)
            {
                broken.Add($"{path} has {lines} lines.");
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    private static IEnumerable<Type> Ours(Assembly assembly) => assembly.GetTypes()
        .Where(t => !t.IsNested && t.Namespace?.StartsWith("Sluice.", StringComparison.Ordinal) == true && t.GetCustomAttribute<CompilerGeneratedAttribute>() is null);

    private static string? FolderOf(Type type)
    {
        string? space = type.Namespace;
        return space?.StartsWith("Sluice.", StringComparison.Ordinal) == true ? space.Split('.')[1] : null;
    }
}
