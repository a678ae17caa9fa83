using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Caching.Memory;
using Onpoint.Charts;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>Drawn charts, kept by what they show: the same chart is drawn once.</summary>
internal sealed class DrawnCharts : IDisposable
{
    // A landmark chart takes 8 kB as SVG and 170 kB as PNG: some hundred charts of either kind.
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>What a chart shows, as a short name: equal for equal charts.</summary>
    public static string Fingerprint(StageChart chart) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(chart)))[..24];

    /// <summary>The two inline drawings for a page.</summary>
    public ChartMarkup Inline(StageChart chart, string idPrefix)
    {
        string fingerprint = Fingerprint(chart);
        return new ChartMarkup(
            new MarkupString(Svg(chart, fingerprint, ChartSize.Small, ChartTheme.Automatic, $"{idPrefix}-s")),
            new MarkupString(Svg(chart, fingerprint, ChartSize.Inline, ChartTheme.Automatic, $"{idPrefix}-w")));
    }

    public string Svg(StageChart chart, string fingerprint, ChartSize size, ChartTheme theme, string idPrefix) =>
        Keep($"{fingerprint} {size} {theme} {idPrefix}", () => ChartRenderer.Svg(chart, size, theme, idPrefix), svg => svg.Length);

    public byte[] Png(StageChart chart, string fingerprint, ChartTheme theme) => Keep($"{fingerprint} png {theme}", () => ChartRenderer.Png(chart, theme), png => png.Length);

    public void Dispose() => _cache.Dispose();

    private T Keep<T>(string key, Func<T> draw, Func<T, long> size)
    {
        if (_cache.TryGetValue(key, out T? drawn))
        {
            return drawn!;
        }

        T made = draw();
        return _cache.Set(key, made, new MemoryCacheEntryOptions { Size = size(made), SlidingExpiration = TimeSpan.FromHours(1) });
    }
}
