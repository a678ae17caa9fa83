using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Responses;

namespace Onpoint.Web.Features.Instruments;

/// <summary>An instrument ready for use: read once, kept for the life of the process, for an accepted one never changes.</summary>
internal sealed record ReadyInstrument(InstrumentId Id, Instrument Definition, ScoringPlan Plan, AnswerCodes Codes);

/// <summary>The instruments of the database, parsed and compiled once.</summary>
internal sealed class InstrumentLibrary
{
    private readonly ConcurrentDictionary<InstrumentId, ReadyInstrument> _ready = new();

    public async Task<ReadyInstrument> GetAsync(OnpointDb db, InstrumentId id, CancellationToken cancellationToken)
    {
        if (_ready.TryGetValue(id, out ReadyInstrument? known))
        {
            return known;
        }

        string definition = await db.Instruments.Where(row => row.InstrumentId == id).Select(row => row.Definition).SingleAsync(cancellationToken);
        (Instrument? instrument, IReadOnlyList<InstrumentProblem> problems) = InstrumentFile.Parse(Encoding.UTF8.GetBytes(definition));
        if (instrument is null)
        {
            throw new InvalidOperationException($"Instrument {id.Value} was accepted once and cannot be read now: {problems[0].Place}: {problems[0].Message}");
        }

        return _ready.GetOrAdd(id, new ReadyInstrument(id, instrument, new ScoringPlan(instrument), new AnswerCodes(instrument)));
    }
}
