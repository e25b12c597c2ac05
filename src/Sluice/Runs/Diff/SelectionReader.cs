using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Sinks;

namespace Sluice.Runs.Diff;

/// <summary>Reads <c>selection.jsonl</c> once, line by line; of a line only what is compared is looked at.</summary>
internal sealed class SelectionReader
{
    private readonly OutputManifest _manifest;
    private readonly RowKeys _ids;
    private readonly byte[][] _names;
    private readonly List<double>[] _scores;
    private readonly double[] _line;
    private readonly List<long> _keys = [];
    private readonly List<long> _rows = [];
    private readonly List<int> _ranks = [];
    private readonly List<string?> _categories = [];
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _places = [];
    private readonly HashSet<long> _collided = [];

    /// <param name="manifest">The output.</param>
    /// <param name="ids">Packs its ids.</param>
    /// <param name="scores">Columns of numbers to read.</param>
    public SelectionReader(OutputManifest manifest, RowKeys ids, IReadOnlyList<string> scores)
    {
        _manifest = manifest;
        _ids = ids;
        Names = scores;
        _names = [.. scores.Select(Encoding.UTF8.GetBytes)];
        _scores = [.. scores.Select(_ => new List<double>())];
        _line = new double[scores.Count];
    }

    private IReadOnlyList<string> Names { get; }

    /// <summary>Reads the file. Throws <see cref="InvalidDataException"/> naming the line that is not as a run writes it.</summary>
    public Selection Read(CancellationToken token)
    {
        string path = _manifest[SelectionWriter.FileName];
        long lines = 0;
        using IncrementalHash order = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> line in LineBytes.Read(path))
        {
            token.ThrowIfCancellationRequested();
            lines++;
            try
            {
                string id = Take(line.Span, (int)lines - 1);
                order.AppendData(Encoding.UTF8.GetBytes(id));
                order.AppendData("\n"u8);
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}, line {lines}: {exception.Message} Run 'sluice verify' on the directory.", exception);
            }
        }

        bool hasCategories = _manifest.Columns.TryGetValue(PoolColumns.Category, out (string Kind, string) column) && column.Kind == nameof(ColumnKind.Text);
        return new Selection
        {
            Keys = [.. _keys],
            Ranks = [.. _ranks],
            Categories = hasCategories ? [.. _categories] : [],
            Scores = Names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => _scores[n.i].ToArray(), StringComparer.Ordinal),
            Places = _places,
            Collided = _collided,
            Lines = lines,
            Order = Convert.ToHexStringLower(order.GetHashAndReset()),
        };
    }

    private string Take(ReadOnlySpan<byte> line, int rank)
    {
        Utf8JsonReader reader = new(line);
        string id = "";
        string? category = null;
        long row = -1;
        Array.Fill(_line, double.NaN);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("row"u8))
            {
                reader.Read();
                row = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("category"u8))
            {
                reader.Read();
                category = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else
            {
                Score(ref reader);
            }
        }

        Add(_ids.Of(id), row, rank, category);
        return id;
    }

    private void Score(ref Utf8JsonReader reader)
    {
        int at = -1;
        for (int i = 0; i < _names.Length && at < 0; i++)
        {
            at = reader.ValueTextEquals(_names[i]) ? i : -1;
        }

        reader.Read();
        if (at >= 0 && reader.TokenType == JsonTokenType.Number)
        {
            _line[at] = reader.GetDouble();
        }

        reader.Skip();
    }

    private void Add(long key, long row, int rank, string? category)
    {
        if (_places.TryGetValue(key, out int place))
        {
            if (_rows[place] != row)
            {
                _collided.Add(key);
            }

            return;
        }

        _places[key] = _keys.Count;
        _keys.Add(key);
        _rows.Add(row);
        _ranks.Add(rank);
        _categories.Add(category is null ? null : Shared(category));
        for (int i = 0; i < _line.Length; i++)
        {
            _scores[i].Add(_line[i]);
        }
    }

    // A million rows share a few dozen categories: one string each, not one a row.
    private string Shared(string category)
    {
        if (!_known.TryGetValue(category, out string? same))
        {
            _known[category] = same = category;
        }

        return same;
    }
}
