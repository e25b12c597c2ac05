using System.Net;

namespace Sluice.Endpoints;

/// <summary>Tells a refusal of everything from a refusal of one question, and what to change.</summary>
internal static class Remedy
{
    /// <summary>What was expected and what to do, or null when the refusal concerns one question or this moment only.</summary>
    public static string? For(HttpResponseMessage response, string message, string code, EndpointSettings settings)
    {
        string section = settings.Section;
        return (int)response.StatusCode switch
        {
            (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => settings.Key is null
                ? $"Expected no key to be needed, as none was sent. Name the environment variable that holds it as {section}:KeyVariable."
                : $"Expected the key in the variable that {section}:KeyVariable names to be accepted for the model '{settings.Model}'. Set the variable to a valid key.",
            (int)HttpStatusCode.PaymentRequired => "Expected an account that may ask. Settle it with the server's owner, then run again; the answers so far are kept.",
            (int)HttpStatusCode.TooManyRequests when code.Contains("insufficient_quota", StringComparison.Ordinal) =>
                "Expected quota to be left; waiting gives none back. Settle it with the server's owner, then run again; the answers so far are kept.",
            (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed =>
                $"Expected an OpenAI-compatible server with the model '{settings.Model}'. Set {section}:Endpoint to its base address, such as http://localhost:8000/v1, and {section}:Model and {section}:Api to what it offers.",
            (int)HttpStatusCode.BadRequest when IsModelFault(message, code, settings.Model) => $"Expected the server to know the model '{settings.Model}'. Set {section}:Model to a name it lists under /models.",
            >= 300 and < 400 => $"Expected an answer, not a way to another address{(response.Headers.Location is { } to ? $" ({to.GetLeftPart(UriPartial.Path)})" : "")}. Set {section}:Endpoint to the address itself.",
            _ => null,
        };
    }

    // vLLM, llama.cpp and hosted ones word it differently; each names the model in the code or the parameter, or says that it does not exist.
    private static bool IsModelFault(string message, string code, string model) =>
        code.Contains("model_not_found", StringComparison.OrdinalIgnoreCase) || code.Contains("invalid_model", StringComparison.OrdinalIgnoreCase)
        || code.EndsWith(" model", StringComparison.OrdinalIgnoreCase)
        || (message.Contains(model, StringComparison.OrdinalIgnoreCase)
            && (message.Contains("not exist", StringComparison.OrdinalIgnoreCase) || message.Contains("not found", StringComparison.OrdinalIgnoreCase)));
}
