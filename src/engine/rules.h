/* The rules of succession as one table. method.md, M3.1, M3.2 and M3.5. */
#ifndef FPLI_RULES_H
#define FPLI_RULES_H

#include <fahrplan/succession.h>

/* What a step looks at. balance is work space: rules that move one descriptor after the other keep
 * it up to date. */
typedef struct fpli_step {
    const fpl_model *model;
    const fpl_dynamics *dynamics;
    const bool *held;       /* n flags; NULL: none */
    const uint16_t *z;      /* as it stands */
    const uint16_t *acting; /* what acts: z itself but for lags */
    uint64_t number;        /* of the step, for random orders */
    int32_t *balance;       /* V values: scores under `acting` */
    fpl_trace_move *moves;  /* room for n: who moves, in order; NULL: nobody asks */
    int *n_moves;
} fpli_step;

/* A wish: descriptor d would rather take `variant`, and gains so much. gain 0: it stays. */
typedef struct fpli_wish {
    int variant;
    int32_t gain;
} fpli_wish;

/* M3.1, M3.5, and M2.8: nobody wishes to move where an exclusion stands. now: n indices, where the
 * others are. */
fpli_wish fpli_wish_of(const fpli_step *step, const uint16_t *now, int d);

/* Fill balance and take the step. next: n indices. Returns whether anything moved. */
bool fpli_step_take(const fpli_step *step, uint16_t *next);

/* Whether dynamics make sense for the model: rule, order and speed. FPL_E_ARGUMENT. */
fpl_status fpli_dynamics_check(const fpl_model *model, const fpl_dynamics *dynamics,
                               fpl_error *error);

/* What holds when the caller says nothing. */
extern const fpl_dynamics fpli_plain_dynamics;

/* The tension that descriptor d may bear at rest, in units of 1/denominator: M3.5. */
int32_t fpli_stickiness(const fpl_model *model, const fpl_dynamics *dynamics, int d);

/* The longest lag of any variant that is in force; 0: none. */
int fpli_longest_lag(const fpl_model *model, const fpl_dynamics *dynamics);

/* Whether moves that never happen are in force. */
bool fpli_has_never(const fpl_model *model, const fpl_dynamics *dynamics);

#endif
