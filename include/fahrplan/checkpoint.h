/* Long calls that survive the end of their process: what is done is kept in a file, and the same call
 * goes on from there, with the same result as if nothing had happened. docs/design/0010.
 *
 * Open a checkpoint, put it into fpl_limits, make the call, close it. These calls keep one; all others
 * leave it alone: fpl_scenarios_visit, fpl_scenarios_collect, fpl_scenarios_count,
 * fpl_tension_distribution_compute, fpl_basins_compute. */
#ifndef FAHRPLAN_CHECKPOINT_H
#define FAHRPLAN_CHECKPOINT_H

#include <fahrplan/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_checkpoint fpl_checkpoint;

/* Open the file, or take note of its name if there is none: it is made when a call begins. One
 * process at a time has it. Nothing is written to a file that is not a checkpoint.
 * Errors: FPL_E_IO; FPL_E_SYNTAX (not a checkpoint); FPL_E_UNSUPPORTED (another process has it);
 * FPL_E_MEMORY.
 *
 * A call gives FPL_E_UNSUPPORTED if the checkpoint belongs to another model, question or version,
 * FPL_E_IO if it cannot be written (what was kept before stays), and FPL_E_ARGUMENT if it served a
 * call already. The number of threads, deadline
 * and cap are no part of the question. The file loses at most some seconds of work however the
 * process ends. */
FPL_API fpl_status fpl_checkpoint_open(const char *path, fpl_checkpoint **checkpoint,
                                       fpl_error *error);

/* Whether there was a checkpoint to go on from. Ask before the call. */
FPL_API bool fpl_checkpoint_is_resumed(const fpl_checkpoint *checkpoint);

/* Release it. finished: remove the file as well; otherwise it stays for the next call if there is work
 * in it. NULL: nothing. */
FPL_API void fpl_checkpoint_close(fpl_checkpoint *checkpoint, bool finished);

#ifdef __cplusplus
}
#endif

#endif
