using System.CommandLine;
using Sluice.Inference.Drafting;

namespace Sluice.Host.Cli;

/// <summary><c>sluice models add NAME</c>.</summary>
internal static class ModelsAddVerb
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The model's folder below the models directory (Models:Directory), with model.onnx, tokenizer.json and config.json." };
        Option<string?> task = new("--task") { Description = "What its numbers mean. Default: as the architecture in config.json tells." };
        task.AcceptOnlyFromAmong("classification", "regression", "embedding", "token-probability", "perplexity");
        Option<string?> text = new("--text") { Description = "Which text of a row it reads. Default: prompt for a classification, pair for a regression, instruction for an embedding." };
        text.AcceptOnlyFromAmong("instruction", "prompt", "response", "pair", "conversation");
        Option<string?> template = new("--template") { Description = "A text made of {prompt}, {instruction}, {input} and {response} that it reads instead; a backslash and n is a line break.", HelpName = "TEXT" };
        Option<string?> choices = new("--choices") { Description = "Token-probability: the answers' tokens and what each is worth, such as 1=1,2=2,3=3.", HelpName = "TOKEN=VALUE,..." };
        Option<string?> pooling = new("--pooling") { Description = "Embedding: how token vectors become one. Default: as sentence-transformers' files say, else mean." };
        pooling.AcceptOnlyFromAmong("mean", "cls", "last");
        Option<bool?> normalize = new("--normalize") { Description = "Embedding: whether vectors are scaled to length 1. Default: as sentence-transformers' files say, else false." };
        Option<int?> maxTokens = new("--max-tokens") { Description = "Tokens of a row at most. Default: as config.json and tokenizer_config.json say, 512 at most (2048 for a causal model).", HelpName = "N" };
        Command command = new("add", "Write the manifest of a model exported by Hugging Face's tools, load it, and note what it answers as the example to check later.")
        {
            Arguments = { name },
            Options = { task, text, template, choices, pooling, normalize, maxTokens },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            DraftWishes wishes = new()
            {
                Task = parse.GetValue(task),
                Text = parse.GetValue(text),
                Template = parse.GetValue(template)?.Replace("\\n", "\n", StringComparison.Ordinal),
                Choices = parse.GetValue(choices),
                Pooling = parse.GetValue(pooling),
                Normalize = parse.GetValue(normalize),
                MaxTokens = parse.GetValue(maxTokens),
            };
            string path = context.Get<ModelAddition>().Add(parse.GetRequiredValue(name), wishes, token);
            context.Print($"Wrote {path}. Its example is what the model answered here: compare it with your own stack's answer, or put that in its place.");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
