/* Filling in the error record, and the one macro for "if this failed, leave". */
#ifndef FPLI_STATUS_H
#define FPLI_STATUS_H

#include <fahrplan/status.h>

#include <stdarg.h>

/* Marks a message for the catalogue where it stands as data; translated where it is used. */
#define N_(message) message

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

/* Fill in status and sentence, clear the rest; returns status. error may be NULL. Formats are
 * messages of the catalogue, translated as error->translate says; a text among the arguments that is
 * English goes through fpli_translated. */
fpl_status fpli_fail(fpl_error *error, fpl_status status, const char *format, ...)
    FPL_PRINTF(3, 4);

/* The same with a place. file may be NULL. */
fpl_status fpli_fail_at(fpl_error *error, fpl_status status, const char *file,
                        fpl_mark mark, const char *format, ...) FPL_PRINTF(5, 6);

/* Add a note to a complaint that is already filled in. mark may be all zero. */
void fpli_note(fpl_error *error, fpl_mark mark, const char *format, ...) FPL_PRINTF(3, 4);

/* The same with a list of arguments. */
fpl_status fpli_fail_with(fpl_error *error, fpl_status status, const char *file,
                          fpl_mark mark, const char *format, va_list arguments)
    FPL_PRINTF(5, 0);

/* A sentence alone, in the language of an error. error may be NULL. */
void fpli_sentence(const fpl_error *error, char text[FPL_ERROR_TEXT], const char *format,
                   va_list arguments) FPL_PRINTF(3, 0);

/* A word or phrase in the language of an error: the text itself if error is NULL or has none. */
const char *fpli_translated(const fpl_error *error, const char *text) FPL_FORMAT_OF(2);

/* An empty record in the language of another, which may be NULL. */
fpl_error fpli_error_like(const fpl_error *error);

/* Where a text begins. */
extern const fpl_mark fpli_start;

fpl_status fpli_no_memory(fpl_error *error);

#endif
