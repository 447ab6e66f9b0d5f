/* Options that say how succession runs. */
#ifndef DYNAMICS_H
#define DYNAMICS_H

#include "call.h"

typedef struct dynamics_options {
    int rule; /* 0: as the command usually does; then 1 + fpl_succession */
    const char *order;
    const char *speed;
    bool remember;
    texts hold;
} dynamics_options;

/* The names of the rules, NULL at the end; "asynchronous" comes last and is no fpl_succession. */
extern const char *const rule_words[];
extern const char *const rule_words_all[];

/* Rows for a table of options whose struct begins with dynamics_options. words: rule_words or
 * rule_words_all; usual: the rule that holds if none is given. FREE: without --hold. */
#define DYNAMICS_ROWS_FREE(words, usual)                                                 \
    {"rule",      'r',                                                                   \
     OPTION_WORD, offsetof(dynamics_options, rule),                                      \
     N_("RULE"),  N_("who moves in a step; see the manual"),                             \
     usual,       words,                                                                 \
     0,           0},                                                                    \
        {"order",                                                                        \
         0,                                                                              \
         OPTION_TEXT,                                                                    \
         offsetof(dynamics_options, order),                                              \
         N_("DESCRIPTOR,..."),                                                           \
         N_("rule sequential: all descriptors in the order in which they move"),         \
         N_("as in the model"),                                                          \
         NULL,                                                                           \
         0,                                                                              \
         0},                                                                             \
        {"speed",                                                                        \
         0,                                                                              \
         OPTION_TEXT,                                                                    \
         offsetof(dynamics_options, speed),                                              \
         N_("DESCRIPTOR=N,..."),                                                         \
         N_("rule adiabatic: the rank of descriptors, 0 is the fastest"),                \
         N_("outcomes 0, choices 1, drivers 2"),                                         \
         NULL,                                                                           \
         0,                                                                              \
         0},                                                                             \
    {                                                                                    \
        "remember", 0, OPTION_FLAG, offsetof(dynamics_options, remember), NULL,          \
            N_("put stickiness, moves that never happen and lags in force, as the "      \
               "model "                                                                  \
               "states them"),                                                           \
            NULL, NULL, 0, 0                                                             \
    }

#define DYNAMICS_ROWS(words, usual)                                                      \
    DYNAMICS_ROWS_FREE(words, usual),                                                    \
    {                                                                                    \
        "hold", 0, OPTION_TEXTS, offsetof(dynamics_options, hold),                       \
            N_("DESCRIPTOR=VARIANT"),                                                    \
            N_("hold this variant from outside (do); may be repeated, or list several "  \
               "with commas"),                                                           \
            NULL, NULL, 0, 0                                                             \
    }

typedef struct dynamics_state { /* what dynamics borrow */
    fpl_fixing *held;
    int n_held;
    uint16_t *order, *speed;
    bool asynchronous;
} dynamics_state;

/* Make the dynamics; on failure the message is out and the exit code returned, 0 otherwise. usual:
 * the rule if none is given. */
int dynamics_make(const dynamics_options *options, const command_call *call,
                  const fpl_model *model, fpl_succession usual, fpl_dynamics *dynamics,
                  dynamics_state *state);
void dynamics_release(dynamics_state *state);

#endif
