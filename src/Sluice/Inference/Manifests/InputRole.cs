namespace Sluice.Inference.Manifests;

/// <summary>What an input of a graph is fed.</summary>
internal enum InputRole
{
    /// <summary>Token ids (<c>input_ids</c>).</summary>
    Ids,

    /// <summary>1 for a token, 0 for padding (<c>attention_mask</c>).</summary>
    Mask,

    /// <summary>0 for the first text of a pair, 1 for the second (<c>token_type_ids</c>).</summary>
    Types,

    /// <summary>0, 1, 2, ... from the first token (<c>position_ids</c>); 1 for padding, as Hugging Face exports expect.</summary>
    Positions,
}
