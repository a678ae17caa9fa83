using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Synthesis;

/// <summary>How teachers answer the items of one component of the Onpoint teacher survey.</summary>
/// <remarks>
/// Definition: teacher r answers item i of component c with 1 + the number of j = 1..4 for which
/// y = delta + effects / B + sigma · z + e_i + Normal(0, 1) lies above Step · (j - 2.5). Sigma and Step were solved by Gauss-Hermite quadrature
/// (61 points) for a Cronbach's alpha of .80 and a within-school SD of 144.6 points at the Year 2 mean. Source: ours
/// (sample-surveys/national-2026-synthetic/README.md).
/// </remarks>
/// <param name="Code">The component's code in the instrument.</param>
/// <param name="Sigma">SD of the teachers' trait, in SDs of one answer's noise.</param>
/// <param name="Step">Distance between neighbouring thresholds, same unit.</param>
/// <param name="PointsPerUnit">B: points of the component score per unit of y.</param>
/// <param name="Easiness">e_i of every item, in units of y; shape [items].</param>
/// <param name="NotMyRole">Probability of "Not part of my role" of every item; shape [items]. Fraction.</param>
/// <param name="Targets">Mean of the district scores in Planning, Year 1 .. Year 4+. Points.</param>
internal sealed record ComponentModel(
    string Code, double Sigma, double Step, double PointsPerUnit, double[] Easiness, double[] NotMyRole, double[] Targets)
{
    /// <summary>The context question on grades taught: position 1 elementary, 2 middle, 3 high school.</summary>
    public const string GradeSpanQuestion = "grade-span";

    /// <summary>The context question on years of personalizing: positions 1 to 4 for 0, 1, 2, 3 or more.</summary>
    public const string YearsQuestion = "years-personalizing";

    // The probability of "Not part of my role" where an item gives no special reason for it.
    private const double Rare = 0.008;

    /// <summary>The seven components in the instrument's order.</summary>
    public static readonly IReadOnlyList<ComponentModel> All =
    [
        new("SC", 0.889, 1.271, 145, [0.30, -0.06, -0.18, 0.18, 0.06, -0.30],
            [Rare, Rare, Rare, Rare, Rare, 0.05], [520, 660, 690, 708, 720]),
        new("OP", 0.883, 1.304, 145, [0.25, 0, -0.20, 0.20, 0.10, -0.35],
            [Rare, Rare, Rare, Rare, 0.03, 0.05], [540, 578, 614, 648, 680]),
        new("TR", 0.812, 1.170, 158, [0.20, 0.10, -0.05, 0.30, 0.05, -0.35, -0.25],
            [Rare, Rare, Rare, Rare, Rare, 0.03, Rare], [500, 600, 640, 655, 662]),
        new("SR", 0.812, 1.169, 156, [0.05, 0.10, -0.10, -0.05, 0.15, 0.20, -0.35],
            [Rare, Rare, Rare, Rare, Rare, Rare, 0.03], [440, 500, 556, 606, 648]),
        new("BI", 1.122, 1.689, 115, [0.30, -0.20, 0.10, -0.20],
            [Rare, 0.05, Rare, Rare], [570, 640, 660, 652, 650]),
        new("IR", 0.982, 1.461, 131, [0.15, 0.25, -0.20, -0.05, -0.15],
            [Rare, Rare, Rare, 0.03, Rare], [540, 610, 650, 646, 645]),
        new("PS", 0.981, 1.465, 132, [0.35, 0.15, -0.20, -0.20, -0.10],
            [Rare, Rare, 0.04, 0.03, Rare], [570, 610, 640, 640, 639]),
    ];

    /// <summary>True for the classroom components, which specialists mostly leave out.</summary>
    public bool IsClassroom => Code is "TR" or "SR";

    /// <summary>The answer, 1 to 5, that a teacher with this y gives.</summary>
    public byte Answer(double y)
    {
        byte answer = 1;
        for (int threshold = 1; threshold <= 4; threshold++)
        {
            answer += (byte)(y > Step * (threshold - 2.5) ? 1 : 0);
        }

        return answer;
    }

    /// <summary>Checks that the model describes this instrument.</summary>
    /// <exception cref="ArgumentException">Components, their items or the context questions differ from the Onpoint teacher survey's.</exception>
    public static void Check(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        bool fits = instrument.Components.Select(component => (component.Code, component.Items.Count))
                .SequenceEqual(All.Select(model => (model.Code, model.Easiness.Length)))
            && instrument.Components.SelectMany(component => component.Items).SequenceEqual(instrument.Items.Select(item => item.Code))
            && instrument.Context.Select(question => question.Code).SequenceEqual([GradeSpanQuestion, YearsQuestion]);
        if (!fits)
        {
            throw new ArgumentException("The generator answers the Onpoint teacher survey only.", nameof(instrument));
        }
    }
}
