using Sluice.Records;

namespace Sluice.Tests;

/// <summary>Texts of samples, as tests write them.</summary>
internal static class Texts
{
    public static Utf8Text AsText(this string text) => Utf8Text.Of(text);
}
