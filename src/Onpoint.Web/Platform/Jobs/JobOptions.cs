using System.ComponentModel.DataAnnotations;

namespace Onpoint.Web.Platform.Jobs;

/// <summary>How workers take up jobs. Bound from the "Jobs" section; checked when the process starts.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>Jobs one worker process runs at the same time (count).</summary>
    [Range(1, 64)]
    public int WorkerCount { get; init; } = 4;

    /// <summary>Pause between two looks into an empty queue. Milliseconds. A job starts about a third of it after it is enqueued.</summary>
    [Range(20, 60_000)]
    public int QueuePollIntervalMilliseconds { get; init; } = 1_000;

    /// <summary>Pause between two looks for retries and recurring jobs that are due. Milliseconds.</summary>
    [Range(20, 60_000)]
    public int SchedulePollingIntervalMilliseconds { get; init; } = 5_000;

    /// <summary>
    /// A running job renews its claim within this time; the job of a killed worker is taken up by another one after it. Seconds.
    /// </summary>
    [Range(10, 3_600)]
    public int InvisibilityTimeoutSeconds { get; init; } = 30;

    /// <summary>How long a job may go on after a stop signal before it is put back into the queue. Milliseconds.</summary>
    [Range(0, 60_000)]
    public int StopTimeoutMilliseconds { get; init; } = 5_000;
}
