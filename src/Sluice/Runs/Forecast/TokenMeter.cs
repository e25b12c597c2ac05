namespace Sluice.Runs.Forecast;

/// <summary>Tokens that a model has read so far, padding not counted where the model is told what is padding.</summary>
/// <param name="model">The model's folder.</param>
internal sealed class TokenMeter(string model)
{
    private long _tokens;

    /// <summary>The model's folder.</summary>
    public string Model => model;

    /// <summary>The tokens.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>Counts more.</summary>
    public void Add(long tokens) => Interlocked.Add(ref _tokens, tokens);
}
