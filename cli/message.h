/* What people read on stderr: errors with the line they speak of, notes, notices. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <fahrplan/status.h>

/* The exit codes of all commands. */
enum {
    EXIT_ANSWERED = 0,
    EXIT_NO = 1, /* the answer is "no" */
    EXIT_MISUSE = 2,
    EXIT_INPUT = 3,   /* bad input */
    EXIT_STOPPED = 4, /* partial result */
    EXIT_FAULT = 5    /* could not read or write, or a fault of ours */
};

int exit_code_of(fpl_status status);

/* An empty error record for a call of the library, in the language chosen. */
fpl_error call_error(void);

/* "fahrplan: error: ...", for options and arguments. Returns EXIT_MISUSE. */
int message_misuse(const char *format, ...) FPL_PRINTF(1, 2);

/* "fahrplan: error: ...", for input that is well formed and cannot be used. Returns EXIT_INPUT. */
int message_input(const char *format, ...) FPL_PRINTF(1, 2);

/* "fahrplan: note: ..." */
void message_note(const char *format, ...) FPL_PRINTF(1, 2);

/* An error record with its place and source line; source: the text that the marks refer to, or NULL
 * to read the file again. Returns the exit code that is due. */
int message_error(const fpl_error *error, const char *source);

/* The same as a notice: the work goes on. Fits fpl_notice; context: the source or NULL. */
void message_notice(void *context, const fpl_error *notice);

/* A line of --verbose. */
void message_verbose(const char *format, ...) FPL_PRINTF(1, 2);

/* Set once from the options. */
void message_setup(bool quiet, bool verbose);

/* Which of n names is nearest to what was written, -1 if none is near enough to be meant. */
int nearest_name(const char *written, const char *(*name)(const void *context, int i),
                 const void *context, int n);

#endif
