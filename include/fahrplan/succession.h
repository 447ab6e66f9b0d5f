/* Where a scenario goes when it is not consistent. method.md, M3. */
#ifndef FAHRPLAN_SUCCESSION_H
#define FAHRPLAN_SUCCESSION_H

#include <fahrplan/scenarios.h>

#ifdef __cplusplus
extern "C" {
#endif

/* M3.2. A descriptor whose present variant is among the best stays; otherwise it moves to the
 * lowest-numbered best one (M3.1). */
typedef enum fpl_succession {
    FPL_SUCCESSION_LOCAL =
        0, /* only the descriptor with the largest tension, lowest index on ties */
    FPL_SUCCESSION_GLOBAL,      /* all at once */
    FPL_SUCCESSION_INCREMENTAL, /* all at once, ordered ones by one variant towards the best */
    FPL_SUCCESSION_SEQUENTIAL, /* one after the other, each sees the moves before it */
    FPL_SUCCESSION_RANDOM,     /* the same in an order drawn anew for each step */
    FPL_SUCCESSION_ADIABATIC, /* all of one speed at once, the slower when the faster rest */
    FPL_SUCCESSION_END
} fpl_succession;

/* How succession runs. All zero: the local rule without memory. */
typedef struct fpl_dynamics {
    fpl_succession rule;
    const uint16_t *order; /* sequential: all n descriptors once; NULL: as in the model */
    const uint16_t
        *speed;    /* adiabatic: n ranks, 0 is the fastest; NULL: outcomes 0, choices 1,
                              drivers 2 */
    uint64_t seed; /* random order */
    bool
        memory; /* M3.5: what the model states of stickiness, of moves that never happen and of
                    lags is in force. A descriptor then rests while nothing gains more than its
                    stickiness; false: plain succession */
} fpl_dynamics;

/* The row of the table of rules: "local" and what it does, English, translatable. */
typedef struct fpl_succession_info {
    fpl_succession rule;
    const char *name;
    const char *summary;
} fpl_succession_info;

FPL_API const fpl_succession_info *fpl_succession_get(fpl_succession rule);

/* Where succession settles: one scenario, or a cycle of several. */
typedef struct fpl_attractor {
    uint16_t *members; /* length scenarios of n variant indices, in the order visited */
    size_t length;  /* 1: a fixed point; 0: a random order found no rest in 2^16 steps */
    uint64_t steps; /* steps before it is reached */
    int n_descriptors;
} fpl_attractor;

/* One step, lags not considered. next: n variant indices, caller's memory, may not be z. held: n
 * flags, a held descriptor does not move; NULL: none. number: of the step, from 0; only a random
 * order asks. Returns whether anything moved. Time n*V, no allocation. balance: work space of V
 * values. dynamics may be NULL. */
FPL_API bool fpl_successor(const fpl_model *model, const fpl_dynamics *dynamics,
                           const bool *held, const uint16_t *z, uint64_t number,
                           int32_t *balance, uint16_t *next);

/* Follow succession from z (with the fixed descriptors set and held) to its attractor.
 *
 * With lags (M3.5) a variant that was chosen acts so many steps later; until then the one before
 * acts, and a cycle ends when what waits has come round as well. dynamics may be NULL.
 * Cycles are found with constant memory (Brent). Always ends, as the space is finite.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY, FPL_E_OVERFLOW (a cycle of more than 2^20 members). */
FPL_API fpl_status fpl_settle(const fpl_model *model, const fpl_dynamics *dynamics,
                              const fpl_fixing *held, int n_held, const uint16_t *z,
                              fpl_attractor *attractor, fpl_error *error);
FPL_API void fpl_attractor_clear(fpl_attractor *attractor);

/* ---- step by step ------------------------------------------------------------------------- */

/* One descriptor that moved. */
typedef struct fpl_trace_move {
    uint16_t descriptor, from, to;
    int32_t gain; /* its tension that the move relieves when it is taken; 1/denominator */
} fpl_trace_move;

typedef struct fpl_trace_step {
    const uint16_t *z;           /* the scenario before the moves: n variant indices */
    const uint16_t *acting;      /* the variants that acted: z itself but for lags */
    const fpl_trace_move *moves; /* in the order taken */
    int n_moves; /* 0: nothing moved, but something that was chosen waits to act */
    int64_t total_tension; /* T(z) as the acting variants press, of those not held */
} fpl_trace_step;

typedef struct fpl_trace fpl_trace;

/* The chain of succession from z to its attractor and once round it. The last step is at the fixed
 * point and has no moves, or ends where the cycle began.
 * limits->cap: at most so many steps (0: 10,000); fpl_trace_stop says FPL_STOPPED_CAP then.
 * Errors as fpl_settle. */
FPL_API fpl_status fpl_trace_compute(const fpl_model *model, const fpl_dynamics *dynamics,
                                     const fpl_fixing *held, int n_held,
                                     const uint16_t *z, const fpl_limits *limits,
                                     fpl_trace **trace, fpl_error *error);
FPL_API void fpl_trace_free(fpl_trace *trace);
FPL_API size_t fpl_trace_n(const fpl_trace *trace);
FPL_API const fpl_trace_step *fpl_trace_get(const fpl_trace *trace, size_t index);

/* The step at which the attractor begins, and its length: 1 for a fixed point, 0 if the trace was
 * cut before it was reached. */
FPL_API size_t fpl_trace_settled_at(const fpl_trace *trace);
FPL_API size_t fpl_trace_cycle(const fpl_trace *trace);
FPL_API fpl_stop fpl_trace_stop(const fpl_trace *trace);

/* ---- all asynchronous orders -------------------------------------------------------------- */

/* Everything that can be reached when, at each step, any one descriptor that is not at rest moves
 * (M3.2, set-valued). What cannot be left again is where every order ends: closed sets, the
 * terminal strongly connected components. */
typedef struct fpl_reach fpl_reach;

/* limits->cap: give up beyond so many scenarios (0: 10 million); the result then has no closed
 * sets. Lags are not considered. dynamics->rule is ignored, its memory is not.
 * Time about n*V for each scenario reached; memory about 2n + 24 bytes for each.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY. */
FPL_API fpl_status fpl_reach_compute(const fpl_model *model, const fpl_dynamics *dynamics,
                                     const fpl_fixing *held, int n_held,
                                     const uint16_t *z, const fpl_limits *limits,
                                     fpl_reach **reach, fpl_error *error);
FPL_API void fpl_reach_free(fpl_reach *reach);
FPL_API size_t fpl_reach_n(const fpl_reach *reach); /* scenarios reached, z among them */
FPL_API const uint16_t *fpl_reach_get(const fpl_reach *reach, size_t index);
FPL_API fpl_stop fpl_reach_stop(const fpl_reach *reach);

/* Closed sets, numbered from 0; -1 for a scenario that can be left for good. */
FPL_API int fpl_reach_n_closed(const fpl_reach *reach);
FPL_API int fpl_reach_closed(const fpl_reach *reach, size_t index);

#ifdef __cplusplus
}
#endif

#endif
