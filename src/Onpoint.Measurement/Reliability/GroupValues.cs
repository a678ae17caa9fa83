namespace Onpoint.Measurement.Reliability;

/// <summary>The values of one group, such as the scores of a school's teachers.</summary>
/// <param name="Group">Its id; unique among its neighbours.</param>
/// <param name="Values">At least one, finite, at most 1e100 in size; any order gives the same bits.</param>
public sealed record GroupValues(string Group, IReadOnlyList<double> Values);

/// <summary>A group of groups, such as a district with its schools.</summary>
/// <param name="Group">Its id; unique among its neighbours.</param>
/// <param name="Members">At least one; their ids are unique within this group. Any order gives the same bits.</param>
public sealed record NestedGroupValues(string Group, IReadOnlyList<GroupValues> Members);

/// <summary>Which likelihood variances are chosen by.</summary>
public enum LikelihoodCriterion
{
    /// <summary>REML: allows for the mean being estimated, so variances are not too small in small data. The default.</summary>
    Restricted,

    /// <summary>Maximum likelihood; for comparing with other programs.</summary>
    Full,
}

/// <summary>Checked groups in the order of their ids, as moments.</summary>
internal static class OrderedGroups
{
    /// <exception cref="ArgumentException">A group appears twice or has no values, or a value is not finite or too large.</exception>
    public static (string Group, SampleMoments Moments)[] Of(IReadOnlyList<GroupValues> groups, string parameter)
    {
        CheckIds([.. groups.Select(group => group.Group)], parameter);
        if (groups.FirstOrDefault(group => group.Values.Count == 0) is { } empty)
        {
            throw new ArgumentException($"Group {empty.Group} has no values.", parameter);
        }

        return
        [
            .. groups.OrderBy(group => group.Group, StringComparer.Ordinal)
                .Select(group => (group.Group, SampleMoments.Of(group.Values, parameter))),
        ];
    }

    /// <exception cref="ArgumentException">An id appears twice.</exception>
    public static void CheckIds(IReadOnlyList<string> ids, string parameter)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (ids.FirstOrDefault(id => !seen.Add(id)) is { } twice)
        {
            throw new ArgumentException($"Group {twice} appears twice.", parameter);
        }
    }
}
