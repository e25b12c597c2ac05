using Sluice.Endpoints;
using Sluice.Inference.Chat;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Writes a conversation as the request of one call: messages, or one prompt. Safe for use by many threads.</summary>
/// <param name="settings">Model, limits and call.</param>
/// <param name="template">Writes prompts; null for messages.</param>
/// <param name="system">System prompt for conversations without one; empty for none.</param>
internal sealed class RequestWriter(EndpointSettings settings, ChatTemplate? template, string system)
{
    /// <summary>What decides a request beside the conversation: model, limits, system prompt and template.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        [.. EndpointRequest.Chat(settings, [new ChatMessage("system", system)]), .. System.Text.Encoding.UTF8.GetBytes($"{settings.Api} {template?.Sha256}")]));

    /// <summary>The request for what comes after a conversation.</summary>
    public byte[] Write(Sample conversation)
    {
        if (template is not null)
        {
            return EndpointRequest.Completion(settings, new ChatRenderer(template, scoresClosing: false).Question(conversation, system));
        }

        List<ChatMessage> messages = [];
        if (system.Length > 0 && conversation.Turns[0].Role != Role.System)
        {
            messages.Add(new ChatMessage("system", system));
        }

        foreach (Turn turn in conversation.Turns)
        {
            messages.Add(new ChatMessage(NameOf(turn.Role), turn.Text.ToString()));
        }

        return EndpointRequest.Chat(settings, messages);
    }

    // A tool's message needs the id of a call, which rows seldom keep; the templates give its words to the user too.
    private static string NameOf(Role role) => role switch
    {
        Role.System => "system",
        Role.Assistant => "assistant",
        _ => "user",
    };
}
