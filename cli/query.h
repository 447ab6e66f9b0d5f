/* Options that say which scenarios are meant. */
#ifndef QUERY_H
#define QUERY_H

#include "call.h"

typedef struct query_options {
    int reading; /* 0: see, 1: see, 2: do */
    texts fix;
    const char *where;
    real near;
    real near_total;
    bool strict;
} query_options;

/* The table of these options. */
extern const option_row query_rows[];

/* Read the model of the call, make the query that its options state and answer it; the exit code. */
int query_run(command_call *call,
              int (*answer)(command_call *, const fpl_model *, const fpl_query *));

/* Read "CONF=acute, NEA=crisis" into fixings (each descriptor once); 0 or the exit code. option: how
 * complaints call the text. */
int settings_parse(const char *option, const char *text, const fpl_model *model,
                   fpl_fixing **fixings, int *n);

/* Read "CONF,NEA" into indices of descriptors, each once and at least one; free them whatever is
 * returned. 0 or the exit code. */
int names_parse(const char *option, const char *text, const fpl_model *model,
                uint16_t **indices, int *n);

/* Read "CONF,LEVEL" into the indices of two different descriptors; 0 or the exit code. */
int ends_parse(const char *option, const char *text, const fpl_model *model, int ends[2]);

/* Read a formula; 0 or the exit code. */
int formula_parse(const char *option, const char *text, const fpl_model *model,
                  fpl_formula **formula);
/* Read "CONF,LEVEL" into a flag for each descriptor; 0 or the exit code. */
int descriptors_parse(const char *option, const char *text, const fpl_model *model,
                      bool *chosen);

/* A limit stated in judgement points, in the model's units of 1/denominator, rounded down. */
int64_t in_units(const real *limit, const fpl_model *model);

/* The scenario that `option` names: the number of a consistent one, counted from 1, or settings
 * over the model's start. text NULL: the start, or the first consistent one of a model without.
 * title receives a description, at most size bytes. 0 or the exit code. */
int scenario_choose(struct command_call *call, const char *option, const char *text,
                    const fpl_model *model, uint16_t *z, char *title, size_t size);

#endif
