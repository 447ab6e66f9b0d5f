/* Deadlines, cancel flags and progress: one watch a call, looked at every few hundred steps. */
#ifndef FPLI_CLOCK_H
#define FPLI_CLOCK_H

#include "base/pace.h"

#include <fahrplan/limits.h>

/* Milliseconds of a clock that never goes back. */
int64_t fpli_clock_ms(void);

/* Let about a millisecond pass. */
void fpli_clock_pause(void);

typedef struct fpli_watch {
    const fpl_limits *limits; /* NULL: none */
    int64_t start_ms;
    int64_t last_progress_ms;
    fpl_checkpoint *checkpoint; /* of the call that has begun; NULL: none */
    double from, span; /* what the present work is of the whole: from, from + span */
    bool estimated;    /* shares are guessed */
    fpli_pace pace;
} fpli_watch;

void fpli_watch_start(fpli_watch *watch, const fpl_limits *limits);

/* FPL_COMPLETE as long as the work may go on. Safe from any thread. */
fpl_stop fpli_watch_look(const fpli_watch *watch);

/* What is left of the time limit, at least 1; 0 if there is none (as in fpl_limits). */
int64_t fpli_watch_remaining_ms(const fpli_watch *watch);

/* What comes next is so much of the whole. Negative: nobody can say. */
void fpli_watch_frame(fpli_watch *watch, double from, double span);

/* Tell the caller's progress function, at most ten times a second. done: share of the frame, 0..1;
 * negative if nobody can say. One thread only. */
void fpli_watch_tell(fpli_watch *watch, double done, uint64_t found, uint64_t steps);

/* The number of threads the limits ask for, at least 1. */
int fpli_watch_threads(const fpli_watch *watch);

#endif
