using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>The stored responses of a wave, read as a stream into running totals: memory is bounded by schools.</summary>
internal static class WaveResponses
{
    // "PGCOPY\n\377\r\n\0", four bytes of flags, the length of an extension.
    private const int HeaderBytes = 19;

    // A row: the number of its fields, then each field's length before its bytes.
    private const int FieldCountBytes = 2;
    private const int LengthBytes = 4;
    private const int UuidBytes = 16;
    private const int BytesBeforeAnswers = FieldCountBytes + LengthBytes + UuidBytes + LengthBytes;

    private const int BufferBytes = 65_536;

    /// <summary>
    /// Rewrites a wave's rows in random order within the caller's transaction: afterwards all have one transaction id, and
    /// their places say nothing about when they came.
    /// </summary>
    public static async Task SealAsync(NpgsqlConnection connection, Wave wave, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            """
            with taken as (delete from responses where school_year = $1 and wave_id = $2 returning school_year, wave_id, school_id, late_batch, answers)
            insert into responses (school_year, wave_id, school_id, late_batch, answers)
            select school_year, wave_id, school_id, late_batch, answers from taken order by random()
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = wave.SchoolYear });
        command.Parameters.Add(new NpgsqlParameter { Value = wave.WaveId.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Totals per school of all its responses.</summary>
    public static Task<Dictionary<Guid, UnitTotals>> TotalAsync(NpgsqlConnection connection, Wave wave, ScoringPlan plan, CancellationToken cancellationToken) => TotalAsync(
        connection,
        // Written out because COPY takes no parameters; a number and a uuid hold nothing to escape.
        string.Create(CultureInfo.InvariantCulture, $"select school_id, answers from responses where school_year = {wave.SchoolYear} and wave_id = '{wave.WaveId.Value}'"),
        plan,
        cancellationToken);

    /// <summary>Totals per school of the rows of a query, all of one instrument.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="query">Gives <c>school_id</c> and <c>answers</c>, never null.</param>
    /// <param name="plan">The instrument's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Dictionary<Guid, UnitTotals>> TotalAsync(NpgsqlConnection connection, string query, ScoringPlan plan, CancellationToken cancellationToken)
    {
        // Half the time of an ordinary reader, which allocates and looks up the type of every value.
        await using NpgsqlRawCopyStream copy = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", cancellationToken);
        byte[] buffer = new byte[BufferBytes];
        await copy.ReadExactlyAsync(buffer.AsMemory(0, HeaderBytes), cancellationToken);
        int extension = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(HeaderBytes - LengthBytes));
        await copy.ReadExactlyAsync(buffer.AsMemory(0, extension), cancellationToken);

        // One core reads into one buffer while another adds up the rows of the other; one at a time touches the totals.
        Dictionary<Guid, UnitTotals> schools = [];
        byte[] other = new byte[BufferBytes];
        Task adding = Task.CompletedTask;
        int filled = 0;
        bool more = true;
        while (more)
        {
            // Not awaited: the stream gives a row at a time, and a third of the time went into waiting for rows that were there already.
            cancellationToken.ThrowIfCancellationRequested();
            int read = copy.ReadAtLeast(buffer.AsSpan(filled), BufferBytes - filled, throwOnEndOfStream: false);
            more = read == BufferBytes - filled;
            filled += read;
            await adding;
            byte[] rows = buffer;
            int whole = WholeRows(rows.AsSpan(0, filled));
            if (more && whole == 0)
            {
                throw new InvalidDataException($"A row of responses is longer than {BufferBytes} bytes.");
            }

            adding = Task.Run(() => AddRows(rows.AsSpan(0, whole), schools, plan), cancellationToken);
            rows.AsSpan(whole..filled).CopyTo(other); // the beginning of a row whose end is still to come
            filled -= whole;
            (buffer, other) = (other, rows);
        }

        await adding;
        return schools;
    }

    /// <summary>How many bytes the rows take that are there to their end. After the last row comes a field count of -1 and nothing else, too short for a row.</summary>
    private static int WholeRows(ReadOnlySpan<byte> bytes)
    {
        int end = 0;
        while (bytes.Length - end >= BytesBeforeAnswers)
        {
            int next = end + BytesBeforeAnswers + AnswersLength(bytes[end..]);
            if (next > bytes.Length)
            {
                break;
            }

            end = next;
        }

        return end;
    }

    private static void AddRows(ReadOnlySpan<byte> rows, Dictionary<Guid, UnitTotals> schools, ScoringPlan plan)
    {
        while (!rows.IsEmpty)
        {
            Guid school = new(rows.Slice(FieldCountBytes + LengthBytes, UuidBytes), bigEndian: true);
            ReadOnlySpan<byte> answers = rows.Slice(BytesBeforeAnswers, AnswersLength(rows));
            ref UnitTotals? totals = ref CollectionsMarshal.GetValueRefOrAddDefault(schools, school, out _);
            totals ??= plan.NewTotals();
            totals.Add(answers);
            rows = rows[(BytesBeforeAnswers + answers.Length)..];
        }
    }

    private static int AnswersLength(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadInt32BigEndian(row[(BytesBeforeAnswers - LengthBytes)..]);
}
