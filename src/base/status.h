/* Filling in the error record, and the one macro for "if this failed, leave". */
#ifndef FPLI_STATUS_H
#define FPLI_STATUS_H

#include <fahrplan/status.h>

/* Leave through the label `out` when a call failed; the function declares `fpl_status status`. */
#define FPL_TRY(call)                                                                    \
    do {                                                                                 \
        status = (call);                                                                 \
        if (status != FPL_OK) goto out;                                                  \
    } while (0)

/* Cheap invariants that protect an answer stay on in release. */
#define FPL_INVARIANT(condition)                                                         \
    do {                                                                                 \
        if (!(condition)) fpli_broken(#condition, __FILE__, __LINE__);                   \
    } while (0)

/* Ends the process: an answer would be wrong. */
_Noreturn void fpli_broken(const char *condition, const char *file, int line);

/* Fill in status and sentence, clear the rest; returns status. error may be NULL. */
fpl_status fpli_fail(fpl_error *error, fpl_status status, const char *format, ...)
    FPL_PRINTF(3, 4);

/* The same with a place. file may be NULL. */
fpl_status fpli_fail_at(fpl_error *error, fpl_status status, const char *file,
                        fpl_mark mark, const char *format, ...) FPL_PRINTF(5, 6);

/* Add a note to a complaint that is already filled in. mark may be all zero. */
void fpli_note(fpl_error *error, fpl_mark mark, const char *format, ...) FPL_PRINTF(3, 4);

fpl_status fpli_no_memory(fpl_error *error);

#endif
