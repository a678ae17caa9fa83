namespace Onpoint.Charts;

/// <summary>Labels beside the last stage, pushed apart until none touches another.</summary>
internal static class LabelColumn
{
    /// <summary>The places nearest to the wanted ones (least squares) that keep the order and the distance.</summary>
    /// <param name="wanted">Wanted centres, ascending.</param>
    /// <param name="heights">Height of each label.</param>
    /// <param name="gap">Least distance between two labels.</param>
    /// <param name="top">No label begins above it, as long as they fit.</param>
    /// <param name="bottom">No label ends below it, as long as they fit.</param>
    public static float[] Spread(IReadOnlyList<float> wanted, IReadOnlyList<float> heights, float gap, float top, float bottom)
    {
        // Without the stack's own heights in front of each label, "far enough apart" is "not decreasing": pool adjacent violators.
        float[] offset = new float[wanted.Count];
        for (int i = 1; i < wanted.Count; i++)
        {
            offset[i] = offset[i - 1] + ((heights[i - 1] + heights[i]) / 2) + gap;
        }

        var pools = new List<(float Sum, int Count)>();
        for (int i = 0; i < wanted.Count; i++)
        {
            (float Sum, int Count) pool = (wanted[i] - offset[i], 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Count > pool.Sum / pool.Count)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        float lowest = wanted.Count == 0 ? 0 : top + (heights[0] / 2);
        float highest = wanted.Count == 0 ? 0 : bottom - (heights[^1] / 2) - offset[^1];
        return
        [
            .. pools.SelectMany(p => Enumerable.Repeat(p.Sum / p.Count, p.Count))
                .Select((z, i) => Math.Max(lowest, Math.Min(highest, z)) + offset[i]),
        ];
    }
}
