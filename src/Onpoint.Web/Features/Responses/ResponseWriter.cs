using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Responses;

/// <summary>
/// Stores submissions. Requests that arrive together share one statement and one commit: the next batch is what queued
/// during the last commit, without any waiting time. Each request is answered after its commit, never before.
/// </summary>
internal sealed class ResponseWriter(Databases databases, TimeProvider time) : BackgroundService
{
    private const int QueueLength = 8192;
    private const int LargestBatch = 512;

    /// <summary>The writer sees every wave and may lock one, but change none.</summary>
    private const string WriterScope = "select set_config('onpoint.scope', 'writer', true)";

    /// <summary>
    /// Queues for the waves beside whoever opens or closes them (<see cref="WaveTurn"/>): row locks alone would let a steady
    /// stream of writers starve a closing.
    /// </summary>
    private const string Turns = "select pg_advisory_xact_lock_shared(hashtextextended('wave:' || wave::text, 0)) from (select distinct wave from unnest($1::uuid[]) as t (wave) order by wave) as waves";

    /// <summary>
    /// The wave is locked for share, so that a submission is either before or after a closing. Rows go in ordered by key,
    /// that is at random; the counts carry the day, the responses none.
    /// </summary>
    private const string Statement =
        """
        with arriving as (select distinct on (wave, key) * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) with ordinality as t (wave, school, key, answers, n) order by wave, key, n),
             open_wave as (select wave_id, school_year, late_batch from waves where wave_id in (select wave from arriving) and state = 'open' for share),
             accepted as (insert into submission_keys (wave_id, key) select a.wave, a.key from arriving a join open_wave w on w.wave_id = a.wave order by a.key
                          on conflict do nothing returning wave_id, key),
             stored as (insert into responses (school_year, wave_id, school_id, late_batch, answers)
                        select w.school_year, a.wave, a.school, w.late_batch, a.answers
                          from accepted k join arriving a on (a.wave, a.key) = (k.wave_id, k.key) join open_wave w on w.wave_id = a.wave order by a.key),
             counted as (insert into submission_counts (wave_id, school_id, day, submissions)
                         select a.wave, a.school, $5, count(*) from accepted k join arriving a on (a.wave, a.key) = (k.wave_id, k.key) group by a.wave, a.school order by a.wave, a.school
                         on conflict (wave_id, school_id, day) do update set submissions = submission_counts.submissions + excluded.submissions)
        select w.wave_id is not null as open, k.key is not null and a.n is not null as stored, s.key is not null as known
          from unnest($1::uuid[], $3::bytea[]) with ordinality as t (wave, key, n)
          left join arriving a on a.n = t.n left join open_wave w on w.wave_id = t.wave
          left join accepted k on (k.wave_id, k.key) = (t.wave, t.key) left join submission_keys s on (s.wave_id, s.key) = (t.wave, t.key) order by t.n
        """;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    /// <summary>Queues one submission; null when the queue is full and the caller should come back later.</summary>
    public Task<SubmissionOutcome>? TryStoreAsync(Submission submission)
    {
        Waiting waiting = new(submission, new TaskCompletionSource<SubmissionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(waiting) ? waiting.Answer.Task : null;
    }

    /// <summary>Stores many submissions of one caller in one transaction. The outcomes are in the order of the submissions.</summary>
    public async Task<IReadOnlyList<SubmissionOutcome>> StoreAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand store = new(Statement);
        store.Parameters.Add(new NpgsqlParameter { Value = submissions.Select(submission => submission.WaveId.Value).ToArray() });
        store.Parameters.Add(new NpgsqlParameter { Value = submissions.Select(submission => submission.SchoolId.Value).ToArray() });
        store.Parameters.Add(new NpgsqlParameter { Value = submissions.Select(submission => submission.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        store.Parameters.Add(new NpgsqlParameter { Value = submissions.Select(submission => submission.Answers).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        store.Parameters.Add(new NpgsqlParameter { Value = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) });

        NpgsqlBatchCommand turns = new(Turns);
        turns.Parameters.Add(new NpgsqlParameter { Value = submissions.Select(submission => submission.WaveId.Value).ToArray() });

        // A batch is one transaction: scope and turns end with it. The store sees what was committed while it waited for its turn.
        await using NpgsqlBatch batch = databases.Web.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(WriterScope));
        batch.BatchCommands.Add(turns);
        batch.BatchCommands.Add(store);
        List<SubmissionOutcome> outcomes = new(submissions.Count);
        await using NpgsqlDataReader rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            (bool open, bool stored, bool known) = (rows.GetBoolean(0), rows.GetBoolean(1), rows.GetBoolean(2));
            outcomes.Add(stored ? SubmissionOutcome.Stored : open || known ? SubmissionOutcome.Repeat : SubmissionOutcome.NotOpen);
        }

        return outcomes;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = [];
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out Waiting? waiting))
            {
                batch.Add(waiting);
            }

            await AnswerAsync(batch);
            batch.Clear();
        }
    }

    /// <summary>Not cancelled by a stopping host: what was taken from the queue is written and answered.</summary>
    private async Task AnswerAsync(List<Waiting> batch)
    {
        try
        {
            IReadOnlyList<SubmissionOutcome> outcomes = await StoreAsync(batch.ConvertAll(waiting => waiting.Submission), CancellationToken.None);
            for (int n = 0; n < batch.Count; n++)
            {
                batch[n].Answer.SetResult(outcomes[n]);
            }
        }
        catch (NpgsqlException failure)
        {
            // Nothing of the batch was committed: every caller hears so and may repeat.
            batch.ForEach(waiting => waiting.Answer.SetException(failure));
        }
    }

    private sealed record Waiting(Submission Submission, TaskCompletionSource<SubmissionOutcome> Answer);
}
