namespace Sluice.Endpoints;

/// <summary>Which of the two calls of an OpenAI-compatible server is used.</summary>
internal enum EndpointApi
{
    /// <summary><c>POST chat/completions</c>: messages with roles; the server writes the prompt as its model expects it.</summary>
    Chat,

    /// <summary><c>POST completions</c>: one prompt, written here by a chat template.</summary>
    Completions,
}
