/* Formats of models on the command line. */
#ifndef FORMATS_H
#define FORMATS_H

#include "call.h"

/* The format that a name stands for; NULL: to be guessed. On failure the message is out and the exit
 * code returned, 0 otherwise. */
int format_named(const char *option, const char *name, fpl_format *format);

/* Write a model to path ("-": standard output). Returns the exit code. */
int model_write(command_call *call, const fpl_model *model, const char *path,
                const fpl_save_options *options);

#endif
