namespace Sluice.Proportions;

/// <summary>How much of the authors' optimiser is run to tell which categories grow and which shrink.</summary>
internal enum PublishedVariant
{
    /// <summary>Its first step alone: a category grows exactly when it is worth more than the average of all.</summary>
    FirstStep,

    /// <summary>All steps of Adam on the paper's objective, the importances fixed.</summary>
    Adam,

    /// <summary>All steps as released: the importances share their memory with the shares and drift with them, which changes the answer.</summary>
    AdamAliased,
}
