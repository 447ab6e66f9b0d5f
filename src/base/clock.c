/* Deadlines, cancel flags and progress. */
#include "base/clock.h"

#include "base/checkpoint.h"

#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum { PROGRESS_EVERY_MS = 100 };

int64_t fpli_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void fpli_clock_pause(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    nanosleep(&pause, NULL);
}

void fpli_watch_start(fpli_watch *watch, const fpl_limits *limits)
{
    *watch = (fpli_watch){
        .limits = limits, .checkpoint = fpli_checkpoint_of(limits), .span = 1};
    watch->start_ms = watch->last_progress_ms = fpli_clock_ms();
}

fpl_stop fpli_watch_look(const fpli_watch *watch)
{
    const fpl_limits *limits = watch->limits;
    if (limits == NULL) return FPL_COMPLETE;
    if (limits->cancel != NULL && __atomic_load_n(limits->cancel, __ATOMIC_RELAXED) != 0)
        return FPL_STOPPED_CANCELLED;
    if (limits->time_ms > 0 && fpli_clock_ms() - watch->start_ms >= limits->time_ms)
        return FPL_STOPPED_TIME;
    return FPL_COMPLETE;
}

int64_t fpli_watch_remaining_ms(const fpli_watch *watch)
{
    if (watch->limits == NULL || watch->limits->time_ms <= 0) return 0;
    int64_t left = watch->limits->time_ms - (fpli_clock_ms() - watch->start_ms);
    return left > 1 ? left : 1;
}

void fpli_watch_frame(fpli_watch *watch, double from, double span)
{
    watch->from = from;
    watch->span = span;
}

static double share_of_whole(const fpli_watch *watch, double done)
{
    if (done < 0 || watch->span < 0) return -1;
    const double share = watch->from + watch->span * (done > 1 ? 1 : done);
    return share > 1 ? 1 : share;
}

void fpli_watch_tell(fpli_watch *watch, double done, uint64_t found, uint64_t steps)
{
    const fpl_limits *limits = watch->limits;
    if (limits == NULL || limits->progress == NULL) return;
    int64_t now = fpli_clock_ms();
    if (now - watch->last_progress_ms < PROGRESS_EVERY_MS) return;
    watch->last_progress_ms = now;
    const double share = share_of_whole(watch, done);
    fpli_pace_note(&watch->pace, now, share);
    const fpl_progress progress = {
        .done = share,
        .estimated = watch->estimated,
        .remaining_ms = fpli_pace_remaining_ms(&watch->pace, now, share),
        .found = found,
        .steps = steps,
        .elapsed_ms = now - watch->start_ms,
    };
    limits->progress(limits->context, &progress);
}

int fpli_watch_threads(const fpli_watch *watch)
{
    int wanted = watch->limits == NULL ? 0 : watch->limits->n_threads;
#ifdef _OPENMP
    return wanted > 0 ? wanted : omp_get_num_procs();
#else
    (void)wanted;
    return 1;
#endif
}
