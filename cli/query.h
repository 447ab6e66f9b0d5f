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

extern const char *const reading_words[];

/* Rows for a table of options whose struct begins with query_options. */
#define QUERY_ROWS                                                                       \
    {"fix",                                                                              \
     0,                                                                                  \
     OPTION_TEXTS,                                                                       \
     offsetof(query_options, fix),                                                       \
     N_("DESCRIPTOR=VARIANT"),                                                           \
     N_("only scenarios with this variant; may be repeated, or list several with "       \
        "commas"),                                                                       \
     NULL,                                                                               \
     NULL,                                                                               \
     0,                                                                                  \
     0},                                                                                 \
        {"reading",                                                                      \
         'r',                                                                            \
         OPTION_WORD,                                                                    \
         offsetof(query_options, reading),                                               \
         N_("READING"),                                                                  \
         N_("what --fix means: see, the fixed variants are tested like all others; do, " \
            "they are "                                                                  \
            "held from outside and not tested"),                                         \
         "see",                                                                          \
         reading_words,                                                                  \
         0,                                                                              \
         0},                                                                             \
        {"where",                                                                        \
         0,                                                                              \
         OPTION_TEXT,                                                                    \
         offsetof(query_options, where),                                                 \
         N_("FORMULA"),                                                                  \
         N_("only scenarios that satisfy FORMULA, such as \"LEVEL>=L2 and not "          \
            "NEA=crisis\""),                                                             \
         NULL,                                                                           \
         NULL,                                                                           \
         0,                                                                              \
         0},                                                                             \
        {"near",                                                                         \
         0,                                                                              \
         OPTION_REAL,                                                                    \
         offsetof(query_options, near),                                                  \
         N_("L"),                                                                        \
         N_("also scenarios whose inconsistency, the largest tension, is at most L"),    \
         "0",                                                                            \
         NULL,                                                                           \
         0,                                                                              \
         1e9},                                                                           \
        {"near-total",                                                                   \
         0,                                                                              \
         OPTION_REAL,                                                                    \
         offsetof(query_options, near_total),                                            \
         N_("L"),                                                                        \
         N_("also scenarios whose total tension is at most L"),                          \
         NULL,                                                                           \
         NULL,                                                                           \
         0,                                                                              \
         1e9},                                                                           \
    {                                                                                    \
        "strict", 0, OPTION_FLAG, offsetof(query_options, strict), NULL,                 \
            N_("only scenarios in which every chosen variant is better than its "        \
               "rivals"),                                                                \
            NULL, NULL, 0, 0                                                             \
    }

typedef struct query_state { /* what a query borrows */
    fpl_fixing *fixed;
    fpl_formula *where;
} query_state;

/* Make the query; on failure the message is out and the exit code returned, 0 otherwise. */
int query_make(const query_options *options, const fpl_model *model, fpl_query *query,
               query_state *state);
void query_release(query_state *state);

/* Read "CONF=acute, NEA=crisis" into fixings (each descriptor once); 0 or the exit code. option: how
 * complaints call the text. */
int settings_parse(const char *option, const char *text, const fpl_model *model,
                   fpl_fixing **fixings, int *n);

/* Read "CONF,LEVEL" into the indices of two different descriptors; 0 or the exit code. */
int ends_parse(const char *option, const char *text, const fpl_model *model, int ends[2]);

/* A limit stated in judgement points, in the model's units of 1/denominator, rounded down. */
int64_t in_units(const real *limit, const fpl_model *model);

/* The scenario that --scenario names: the number of a consistent one, counted from 1, or settings
 * over the model's start. text NULL: the start, or the first consistent one of a model without.
 * title receives a description, at most size bytes. 0 or the exit code. */
int scenario_choose(struct command_call *call, const char *text, const fpl_model *model,
                    uint16_t *z, char *title, size_t size);

#endif
