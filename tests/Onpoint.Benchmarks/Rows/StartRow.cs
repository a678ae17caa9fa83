using Onpoint.Benchmarks.Ratios;

namespace Onpoint.Benchmarks.Rows;

/// <summary>From the start of the program, with the demonstration loaded before, to its first page.</summary>
internal sealed class StartRow(DemoProgram demo) : RatioRow
{
    public override string Name => "start";

    public override string Unit => "s";

    public override IReadOnlyList<Limit> Goal { get; } = [new(LimitedFigure.Ours, AtLeast: false, 10, "s")];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken) =>
        new(await Pairs.RunAsync(() => StartAsync(cancellationToken), theirs: null, cancellationToken));

    /// <summary>Stopping is not part of the time.</summary>
    private async Task<double> StartAsync(CancellationToken cancellationToken)
    {
        OnpointServer? server = null;
        double milliseconds = await Pairs.MillisecondsAsync(async () => server = await demo.ServeAsync(cancellationToken));
        await server!.DisposeAsync();
        return milliseconds / 1000;
    }
}
