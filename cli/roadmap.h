/* Options that say which roadmap is meant: its drivers, where it starts, how succession runs. */
#ifndef ROADMAP_H
#define ROADMAP_H

#include "dynamics.h"

typedef struct roadmap_options {
    dynamics_options dynamics;
    const char *over;
    const char *from;
    real tension;
} roadmap_options;

/* Rows for a table of options whose struct begins with roadmap_options. */
#define ROADMAP_ROWS(tension_help)                                                       \
    {"over",                                                                             \
     0,                                                                                  \
     OPTION_TEXT,                                                                        \
     offsetof(roadmap_options, over),                                                    \
     N_("DESCRIPTOR,..."),                                                               \
     N_("the drivers that span the rows"),                                               \
     N_("as the model states"),                                                          \
     NULL,                                                                               \
     0,                                                                                  \
     0},                                                                                 \
        {"from",                                                                         \
         0,                                                                              \
         OPTION_TEXT,                                                                    \
         offsetof(roadmap_options, from),                                                \
         N_("SCENARIO"),                                                                 \
         N_("where succession begins: the number of a consistent scenario, or "          \
            "DESCRIPTOR=VARIANT,... over the start"),                                    \
         N_("the model's start"),                                                        \
         NULL,                                                                           \
         0,                                                                              \
         0},                                                                             \
        DYNAMICS_ROWS_FREE(rule_words, "local"),                                         \
    {                                                                                    \
        "tension", 0, OPTION_REAL, offsetof(roadmap_options, tension), N_("T"),          \
            tension_help, NULL, NULL, 0, 1e9                                             \
    }

/* A model and its roadmap, with what they borrow. */
typedef struct roadmap_state {
    fpl_model *model;
    fpl_roadmap *roadmap;
    fpl_roadmap_options options;
    dynamics_state dynamics;
    uint16_t *start, *drivers;
    int64_t max_tension; /* as --tension says, in the model's units */
    bool use_max_tension;
} roadmap_state;

/* Load the model of the call and compute its roadmap; measures: note them in the rows. On failure the
 * message is out and the exit code returned, 0 otherwise. Close it whatever is returned. */
int roadmap_open(command_call *call, const roadmap_options *options, bool measures,
                 roadmap_state *state);
void roadmap_close(roadmap_state *state);

/* The row that "CONF=acute,..." names: drivers that are not named stay as at the start. 0 or the exit
 * code. option: how complaints call the text. */
int roadmap_find_row(const char *option, const char *text, const roadmap_state *state,
                     size_t *row);

#endif
