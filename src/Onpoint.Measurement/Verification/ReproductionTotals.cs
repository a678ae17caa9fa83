namespace Onpoint.Measurement.Verification;

/// <summary>Totals of two components over the teachers who have both, in whole numbers of the components' units.</summary>
/// <param name="First">Position of the component.</param>
/// <param name="Second">Position of the other, at most <paramref name="First"/>; the same: sums of squares.</param>
/// <param name="Count">Teachers with both (count).</param>
/// <param name="FirstSum">Their scores on the first, summed.</param>
/// <param name="SecondSum">Their scores on the second, summed.</param>
/// <param name="Products">Their products, summed.</param>
public sealed record PairLine(int First, int Second, int Count, long FirstSum, long SecondSum, Int128 Products);

/// <summary>One school with its exact totals: at least ten teachers on every component.</summary>
/// <param name="School">The sender's text id.</param>
/// <param name="Eligible">Its roster (count): W_h is the roster divided by the sum over all lines.</param>
/// <param name="ScoredTeachers">Teachers with at least one component score (count).</param>
/// <param name="Counts">Shape [components]: teachers with a score (count).</param>
/// <param name="Sums">Shape [components]: their scores in whole numbers of the component's unit.</param>
/// <param name="Pairs">Every pair of components, also of each with itself.</param>
public sealed record SchoolLine(string School, int Eligible, int ScoredTeachers, IReadOnlyList<int> Counts, IReadOnlyList<long> Sums, IReadOnlyList<PairLine> Pairs);

/// <summary>All other schools together.</summary>
/// <param name="Schools">Text ids, ordinal order.</param>
/// <param name="Eligible">Their joint roster (count); 1 when this is the only line, whose weight needs no number.</param>
/// <param name="MeanPoints">Shape [components]: SUM W_h m_hc / SUM W_h over their strata. Points.</param>
/// <param name="Covariances">Shape [components x components], row by row: their summand of the covariances of the component estimates. Points squared.</param>
/// <param name="CovarianceStep">
/// The covariances are rounded to multiples of it. Points squared; 0 when they are exact. Where exact ones would give the spread of fewer than ten teachers away it is as coarse as a printed margin.
/// </param>
/// <param name="SamplingFactors">
/// Shape [measures]: SUM W_h² / n_h over their strata, n_h as <see cref="Norms.WaveStratum.Counts"/> has it. Null when schools were sampled, or when exact counts would give a small staff away.
/// </param>
public sealed record JointLine(
    IReadOnlyList<string> Schools, long Eligible, IReadOnlyList<double> MeanPoints, IReadOnlyList<double> Covariances, double CovarianceStep, IReadOnlyList<double>? SamplingFactors);

/// <summary>The sufficient totals of one revision of a wave, as disclosure control allows them: what a score can be recomputed from.</summary>
/// <param name="Schools">Lines of single schools, by text id, ordinal.</param>
/// <param name="Joint">All other schools that answered; null when there are none.</param>
/// <param name="LeastDegrees">Degrees of freedom of the margins: exact when <paramref name="MostDegrees"/> is the same, else at least so many.</param>
/// <param name="MostDegrees">Null when an exact number would give the count of a small staff away.</param>
/// <param name="SamplesSchools">True when the wave invited a sample of schools: then one line holds all, because a school's part in the margin depends on all others.</param>
/// <param name="CountsExact">False when exact counts would give a small staff away: then the placing cannot be recomputed.</param>
/// <param name="ResponseRate">Fraction; null when unknown or not exact.</param>
public sealed record ReproductionTotals(
    IReadOnlyList<SchoolLine> Schools, JointLine? Joint, int LeastDegrees, int? MostDegrees, bool SamplesSchools, bool CountsExact, double? ResponseRate);
