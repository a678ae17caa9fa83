using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Onpoint.Benchmarks.Ratios;

namespace Onpoint.Benchmarks.Rows;

/// <summary>The demonstration district's page with its charts, asked for one at a time over a kept-alive connection; its size without compression.</summary>
internal sealed class DistrictPageRow(DemoProgram demo) : RatioRow
{
    public override string Name => "district-page";

    public override string Unit => "ms";

    public override IReadOnlyList<Limit> Goal { get; } =
    [
        new(LimitedFigure.Ours, AtLeast: false, 10, "ms"),
        new(LimitedFigure.Size, AtLeast: false, 150, "kB"),
    ];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        await using OnpointServer server = await demo.ServeAsync(cancellationToken);
        JsonElement found = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/districts?search=Cedar", cancellationToken);
        string page = $"/districts/{found.GetProperty("districts")[0].GetProperty("districtId").GetGuid()}";
        byte[] body = [];
        Figures figures = await Pairs.RunAsync(
            () => Pairs.MillisecondsAsync(async () => body = await server.Client.GetByteArrayAsync(page, cancellationToken)), theirs: null, cancellationToken);

        // The charts are part of the page's markup; one loaded by itself would not be counted here.
        if (System.Text.Encoding.UTF8.GetString(body).Contains("<img", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The district page loads pictures of its own, which its size would not hold.");
        }

        double kilobytes = body.Length / 1000.0;
        return new Measured(figures with { Size = kilobytes }, string.Create(CultureInfo.InvariantCulture, $"{kilobytes:0} kB with its charts"));
    }
}
