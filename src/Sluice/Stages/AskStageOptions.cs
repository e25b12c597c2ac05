using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>What the stages that ask a model share: where the answers come from, how it is asked and how hard.</summary>
public abstract class AskStageOptions
{
    /// <summary>Gives the one default in which the stages differ.</summary>
    /// <param name="template">Default of <see cref="Template"/>.</param>
    private protected AskStageOptions(string template) => Template = template;

    /// <summary>Whether the stage runs. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Answers computed elsewhere, in place of an endpoint: a <c>.jsonl</c> or <c>.parquet</c> file with <c>row</c> (0-based, in the pool) or <c>id</c> (<c>file#number</c>)
    /// and the answer. Relative to the pipeline file. Default empty.
    /// </summary>
    public string File { get; init; } = "";

    /// <summary>Base address of an OpenAI-compatible server, such as <c>http://localhost:8000/v1</c>. No part of the column's identity: the same model may move. Default empty.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary><c>chat</c> sends messages and leaves the prompt to the server; <c>completions</c> sends the prompt that <see cref="Template"/> writes. Default chat.</summary>
    [RegularExpression("(?i)^(chat|completions)$")]
    public string Api { get; init; } = "chat";

    /// <summary>Name of the model as the server knows it. Required with an endpoint. Default empty.</summary>
    public string Model { get; init; } = "";

    /// <summary>Name of the environment variable that holds the key, sent as bearer token; empty sends none. The key itself stands nowhere. Default empty.</summary>
    public string KeyVariable { get; init; } = "";

    /// <summary>Chat template below <c>templates</c> in the models directory that writes the prompt of a completion. Default alpaca (responses) or vicuna (tags).</summary>
    [Required(AllowEmptyStrings = false)]
    public string Template { get; init; }

    /// <summary>System prompt for rows without a system turn of their own; empty for none. Default empty.</summary>
    public string System { get; init; } = "";

    /// <summary>Free text that is part of the column's identity: change it when the served model changed under its name, and everything is asked again. Default empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>Most tokens of an answer; 0 leaves it to the server. Default 1024, as MoDS generates.</summary>
    [Range(0, 1048576)]
    public int MaxTokens { get; init; } = 1024;

    /// <summary>Sampling temperature; empty leaves it to the server. Default 0: the same question gets the same answer, as far as the server can.</summary>
    [Range(0.0, 10.0)]
    public double? Temperature { get; init; } = 0;

    /// <summary>Sampling seed; empty sends none. Default empty.</summary>
    public int? Seed { get; init; }

    /// <summary>Requests at once at most. The stage goes below it by itself while the server throttles. Default 8.</summary>
    [Range(1, 4096)]
    public int Concurrency { get; init; } = 8;

    /// <summary>Seconds after which a request is given up and made again. Default 120.</summary>
    [Range(0.001, 86400.0)]
    public double TimeoutSeconds { get; init; } = 120;

    /// <summary>Further attempts after a failed one (timeout, broken connection, 5xx, nonsense), with growing waits; then the row is left without an answer and named. Default 4.</summary>
    [Range(0, 100)]
    public int Retries { get; init; } = 4;

    /// <summary>Further attempts after being told to wait (429, or 503 with Retry-After). Default 20.</summary>
    [Range(0, 10000)]
    public int MaxThrottles { get; init; } = 20;

    /// <summary>
    /// Raise it to ask again for rows that failed: the column is made anew, and only what was never answered is asked. Part of the column's identity, not of an
    /// answer's. Default 1.
    /// </summary>
    [Range(1, 1000000)]
    public int Round { get; init; } = 1;

    /// <summary>
    /// Asks only for rows that pass: MoDS asks for rows of high quality, <c>{ "Column": "quality", "Above": 0 }</c>. Another condition re-makes the column, and asks
    /// only what was never answered. Default: every row.
    /// </summary>
    public ConditionOptions Where { get; init; } = new();
}
