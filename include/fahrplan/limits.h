/* How long a call may work, how much it may return, and how to stop it. */
#ifndef FAHRPLAN_LIMITS_H
#define FAHRPLAN_LIMITS_H

#include <fahrplan/checkpoint.h>
#include <fahrplan/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_progress {
    double done;    /* share of the work done, 0..1; negative if nobody can say */
    bool estimated; /* of a search tree: shares of subtrees are guessed, not counted */
    int64_t
        remaining_ms; /* about so long still; negative while nobody can say: until the pace
                             of the last third agrees with that of the whole */
    uint64_t found;   /* results so far */
    uint64_t steps;   /* search nodes or states so far */
    int64_t elapsed_ms; /* since the call began */
} fpl_progress;

/* All zero: no deadline, no cap, one thread for each processor. Polled at least ten times a second.
 * Results do not depend on n_threads. */
typedef struct fpl_limits {
    int64_t time_ms; /* stop after so many milliseconds; 0: never */
    uint64_t cap;    /* stop after so many results; 0: never */
    int n_threads;   /* 0: one for each processor; 1: no threads */
    const volatile int
        *cancel; /* becomes non-zero to stop; a signal handler may set it */
    void (*progress)(void *context,
                     const fpl_progress *progress); /* called by one thread only */
    void *context;
    fpl_checkpoint
        *checkpoint; /* where work is kept that may not be lost; NULL: nowhere */
} fpl_limits;

#ifdef __cplusplus
}
#endif

#endif
