namespace Onpoint.Charts;

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    public bool Contains(float x, float y, float margin) => x > Left - margin && x < Right + margin && y > Top - margin && y < Bottom + margin;
}

/// <summary>Where a drawing has ink, as points close together, so that labels can keep away from it.</summary>
internal sealed class InkMap
{
    /// <summary>Distance of neighbouring points: less than any letter is wide.</summary>
    private const float Step = 4;

    private readonly List<(float X, float Y, float Weight)> _points = [];

    public void AddLine(float x1, float y1, float x2, float y2, float weight)
    {
        int steps = 1 + (int)(MathF.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))) / Step);
        for (int i = 0; i <= steps; i++)
        {
            float t = (float)i / steps;
            _points.Add((x1 + ((x2 - x1) * t), y1 + ((y2 - y1) * t), weight));
        }
    }

    public void AddBox(Box box, float weight)
    {
        for (float y = box.Top; y <= box.Bottom; y += Step)
        {
            AddLine(box.Left, y, box.Right, y, weight);
        }
    }

    /// <summary>How much ink a box would cover.</summary>
    public float Covered(Box box, float margin)
    {
        float sum = 0;
        foreach ((float x, float y, float weight) in _points)
        {
            if (box.Contains(x, y, margin))
            {
                sum += weight;
            }
        }

        return sum;
    }

    /// <summary>Upper and lower edge of the ink between two verticals; null when there is none.</summary>
    public (float Top, float Bottom)? Extent(float left, float right)
    {
        float top = float.MaxValue;
        float bottom = float.MinValue;
        foreach ((float x, float y, _) in _points)
        {
            if (x >= left && x <= right)
            {
                top = Math.Min(top, y);
                bottom = Math.Max(bottom, y);
            }
        }

        return top > bottom ? null : (top, bottom);
    }
}
