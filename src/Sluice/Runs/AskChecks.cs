using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Endpoints;
using Sluice.Inference;
using Sluice.Inference.Chat;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Checks the options of a stage that asks; every mistake goes to the builder's, with its key.</summary>
/// <param name="section">The stage's section.</param>
/// <param name="options">Its options.</param>
/// <param name="parts">Where keys and templates come from.</param>
/// <param name="builder">Takes the mistakes; knows the columns before.</param>
internal sealed class AskChecks(string section, AskStageOptions options, StageParts parts, StageBuilder builder)
{
    /// <summary>Whether the answers come from a file. Both or neither is a mistake.</summary>
    public bool IsFile()
    {
        if ((options.File.Length > 0) == (options.Endpoint.Length > 0))
        {
            Fault("Endpoint", options.File.Length > 0
                ? $"Found both {section}:Endpoint and {section}:File, expected one of them. Leave one empty."
                : $"Found neither {section}:Endpoint nor {section}:File, expected one of them: the base address of an OpenAI-compatible server, or a file of answers computed elsewhere.");
        }

        return options.File.Length > 0;
    }

    /// <summary>The condition, or null for none.</summary>
    public RowCondition? Where()
    {
        ConditionOptions where = options.Where;
        int limits = RowCondition.Limits(where);
        if (where.Column.Length == 0)
        {
            if (limits > 0)
            {
                Fault("Where:Column", "Found a limit without a column, expected both or none. Name the column, such as quality.");
            }

            return null;
        }

        bool isKnown = builder.Numbers.Contains(where.Column);
        if (!isKnown)
        {
            Fault("Where:Column", $"Found '{where.Column}', expected a column of one number a row that a stage before this one makes in this run: {(builder.Numbers.Count == 0 ? "there is none" : string.Join(", ", builder.Numbers))}.{Suggestion.DidYouMean(where.Column, builder.Numbers)}");
        }

        if (limits != 1)
        {
            Fault("Where", $"Found {limits} limits, expected exactly one of Above, AtLeast, Below, AtMost.");
        }

        return isKnown && limits == 1 ? RowCondition.From(where) : null;
    }

    /// <summary>Where and how to ask, or null when something is missing.</summary>
    public EndpointSettings? Settings()
    {
        int before = builder.Errors.Count;
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            Fault("Endpoint", $"Found '{options.Endpoint}', expected the base address of an OpenAI-compatible server, such as http://localhost:8000/v1.");
        }
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            // Not shown: it may hold a key.
            Fault("Endpoint", $"Found a user, a query or a fragment in the address, expected none: a key belongs in an environment variable, named as {section}:KeyVariable.");
        }

        if (options.Model.Length == 0)
        {
            Fault("Model", "Found nothing, expected the model's name as the server knows it (it lists them under /models).");
        }

        string? key = Key();
        return builder.Errors.Count > before ? null : new EndpointSettings
        {
            Section = section,
            Address = address!,
            Api = Enum.Parse<EndpointApi>(options.Api, ignoreCase: true),
            Model = options.Model,
            Key = key,
            MaxTokens = options.MaxTokens,
            Temperature = options.Temperature,
            Seed = options.Seed,
            Concurrency = options.Concurrency,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            Retries = options.Retries,
            MaxThrottles = options.MaxThrottles,
        };
    }

    /// <summary>The template that writes prompts; null where the server writes them, or where there is no such template.</summary>
    public ChatTemplate? Template()
    {
        if (!options.Api.Equals(nameof(EndpointApi.Completions), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return parts.Catalog.ReadTemplate(options.Template);
        }
        catch (Exception exception) when (exception is ModelException or IOException)
        {
            Fault("Template", exception.Message);
            return null;
        }
    }

    /// <summary>Notes a mistake.</summary>
    public void Fault(string key, string message) => builder.Errors.Add(new ConfigurationError($"{section}:{key}", message));

    // What it holds is never shown.
    private string? Key()
    {
        string? key = options.KeyVariable.Length == 0 ? null : parts.Variable(options.KeyVariable)?.Trim();
        if (options.KeyVariable.Length > 0 && string.IsNullOrEmpty(key))
        {
            Fault("KeyVariable", $"Found no value in the environment variable '{options.KeyVariable}', expected the key. Set it before the run, or leave the option empty where no key is needed.");
        }
        else if (key?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
        {
            Fault("KeyVariable", $"Found a blank or a character outside of ASCII in the environment variable '{options.KeyVariable}', expected a key that can be sent as a bearer token.");
        }

        return key;
    }
}
