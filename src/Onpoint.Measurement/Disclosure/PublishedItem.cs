namespace Onpoint.Measurement.Disclosure;

/// <summary>How often each option of an item was chosen, fit for readers.</summary>
/// <param name="Item">The item's code.</param>
/// <param name="SharesPercent">Shape [options], by position − 1, in whole per cent of those who answered; null when withheld.</param>
/// <param name="Answered">Teachers who chose an option (count); 0 when withheld.</param>
public sealed record PublishedItem(string Item, IReadOnlyList<int>? SharesPercent, int Answered);
