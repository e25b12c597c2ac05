namespace Sluice.Inference.Bench;

/// <summary>How fast a model is on some rows. All rates are medians over the rounds, shares medians of the rounds' own quotients.</summary>
internal sealed record BenchLine
{
    /// <summary>What rows, such as <c>64</c> tokens or <c>mixed</c>.</summary>
    public required string Rows { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>Calls of the session they take.</summary>
    public required int Calls { get; init; }

    /// <summary>Their tokens, padding left out.</summary>
    public required long Tokens { get; init; }

    /// <summary>Share of padding in what the session is fed, 0 to 1.</summary>
    public required double Padding { get; init; }

    /// <summary>Rows a second from text to numbers.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Rows a second from tokens to numbers, as where another model has made the tokens.</summary>
    public required double ScoredPerSecond { get; init; }

    /// <summary>Rows a second of the bare session over the very same padded batches.</summary>
    public required double BarePerSecond { get; init; }

    /// <summary>Tokens a second of the tokenizer alone.</summary>
    public required double TokenizedPerSecond { get; init; }

    /// <summary>Rate from text to numbers over that of the bare session.</summary>
    public required double Share { get; init; }

    /// <summary>Rate from tokens to numbers over that of the bare session.</summary>
    public required double ScoredShare { get; init; }

    /// <summary>Tokens a second from text to numbers.</summary>
    public double TokensPerSecond => RowsPerSecond * Tokens / Count;
}
