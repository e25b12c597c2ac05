using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Sluice.Host.Serve.Page;

/// <summary>The page's own files, which the program carries in itself.</summary>
internal static class Files
{
    private const string Prefix = "page/";
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> s_files = Load();

    /// <summary>Their addresses.</summary>
    public static IReadOnlyCollection<string> Names => s_files.Keys;

    /// <summary>Answers with one.</summary>
    public static async Task WriteAsync(HttpContext context, string name)
    {
        (byte[] bytes, string type) = s_files[name];
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Dictionary<string, (byte[], string)> Load()
    {
        Dictionary<string, (byte[], string)> files = new(StringComparer.Ordinal);
        Assembly assembly = typeof(Files).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string name = resource[Prefix.Length..];
            files[name == "index.html" ? "/" : "/" + name] = (bytes, Type(name));
        }

        return files;
    }

    private static string Type(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
