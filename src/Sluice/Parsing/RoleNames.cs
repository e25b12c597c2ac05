using System.Text;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>The words by which data sets name who speaks. Case does not matter.</summary>
internal static class RoleNames
{
    /// <summary>The words, for messages.</summary>
    public const string Known = "system, user (human), assistant (gpt, function_call) or tool (observation)";

    /// <summary>The role a word stands for, or null.</summary>
    public static Role? Find(ReadOnlySpan<byte> word)
    {
        // The five words nearly every row uses, before anything slower.
        if (word.SequenceEqual("human"u8) || word.SequenceEqual("user"u8))
        {
            return Role.User;
        }

        if (word.SequenceEqual("gpt"u8) || word.SequenceEqual("assistant"u8))
        {
            return Role.Assistant;
        }

        return word.Length is >= 3 and <= 17 ? Seldom(Encoding.UTF8.GetString(word).ToLowerInvariant()) : null;
    }

    private static Role? Seldom(string word) => word switch
    {
        "system" or "developer" => Role.System,
        "user" or "human" or "prompter" => Role.User,
        "assistant" or "gpt" or "chatgpt" or "gpt4" or "bard" or "bing" or "claude" or "model" or "bot" or "chatbot" or "function_call" or "function-call" or "tool_call" => Role.Assistant,
        "tool" or "function" or "observation" or "function_response" or "function-response" or "tool_response" or "tool_result" => Role.Tool,
        _ => null,
    };
}
