using System.Text.Json;

namespace Sluice.Demo;

/// <summary>Writes what was planted where, as it is made: <c>FILE.truth.json</c>. Not safe for concurrent use.</summary>
internal sealed class DemoTruth : IAsyncDisposable
{
    private const int FlushBytes = 64 * 1024;
    private readonly Stream _stream;
    private readonly Utf8JsonWriter _writer;
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _rows;

    /// <summary>Begins the file.</summary>
    /// <param name="stream">Taken over and disposed.</param>
    /// <param name="seed">The pool's seed.</param>
    public DemoTruth(Stream stream, long seed)
    {
        _stream = stream;
        _writer = new Utf8JsonWriter(stream, new JsonWriterOptions { NewLine = "\n" });
        _writer.WriteStartObject();
        _writer.WriteNumber("seed", seed);
        _writer.WriteStartArray("planted");
    }

    /// <summary>Name of a planting as the file gives it, such as <c>exact_duplicate</c>.</summary>
    public static string NameOf(PlantedKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Notes a row, in order of their numbers.</summary>
    public async ValueTask AddAsync(DemoRow row, CancellationToken token)
    {
        _rows++;
        Planting planting = row.Planting;
        if (planting.Kind == PlantedKind.None)
        {
            return;
        }

        string name = NameOf(planting.Kind);
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
        _writer.WriteStartObject();
        _writer.WriteNumber("row", row.Number);
        _writer.WriteString("planted", name);
        if (planting.Of != 0)
        {
            _writer.WriteNumber("of", planting.Of);
        }

        if (planting.Kind == PlantedKind.Poor)
        {
            _writer.WriteString("how", JsonNamingPolicy.SnakeCaseLower.ConvertName(planting.Poor.ToString()));
        }

        if (planting.Kind == PlantedKind.Broken)
        {
            _writer.WriteString("how", JsonNamingPolicy.SnakeCaseLower.ConvertName(planting.Broken.ToString()));
        }

        _writer.WriteEndObject();
        if (_writer.BytesPending > FlushBytes)
        {
            await _writer.FlushAsync(token);
        }
    }

    /// <summary>Ends the file with the number of rows and of each planting.</summary>
    public async Task CompleteAsync(CancellationToken token)
    {
        _writer.WriteEndArray();
        _writer.WriteNumber("rows", _rows);
        _writer.WriteStartObject("counts");
        foreach (KeyValuePair<string, long> count in _counts)
        {
            _writer.WriteNumber(count.Key, count.Value);
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
        await _writer.FlushAsync(token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
