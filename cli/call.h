/* One call of a command: its options, the language, and what all commands do alike: load the model,
 * set the limits, write the result with its provenance. */
#ifndef CALL_H
#define CALL_H

#include "args.h"
#include "message.h"
#include "translate.h"

#include <fahrplan.h>

typedef struct command_call {
    const command_row *command;
    parsed_line line;
    char *command_line;       /* as it can be typed again */
    fpl_output_options words; /* language and translations for results */
    char *input;              /* the text of standard input, if a model came from there */
    fpl_checkpoint *checkpoint; /* of the call's long work; NULL: none */
} command_call;

/* Load a model; on failure the message is out and the exit code returned, 0 otherwise. */
int call_load(command_call *call, const char *path, fpl_model **model);

/* Limits as the shared options and Ctrl-C say. */
void call_limits(const command_call *call, fpl_limits *limits);

/* The same, and the checkpoint that --checkpoint names: for the one long work of a command. 0 or the exit
 * code, the message is out then. */
int call_limits_kept(command_call *call, fpl_limits *limits);

/* The command has ended with this exit code: a checkpoint goes if it has answered, else it stays. */
void call_end(command_call *call, int code);

/* Write the document as --format and --output say and release it. Returns EXIT_STOPPED for a partial
 * result, `answer` for a complete one. model may be NULL. */
int call_emit(command_call *call, fpl_document *document, const fpl_model *model,
              int answer);

/* Write a finished text to --output or standard output. */
int call_write(const command_call *call, const char *text, size_t size);

/* The complaint about a failed call; returns its exit code. */
int call_fail(const command_call *call, const fpl_error *error);

#endif
