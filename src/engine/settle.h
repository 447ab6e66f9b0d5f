/* Settling again and again without allocating: the rest or the cycle where succession ends. */
#ifndef FPLI_SETTLE_H
#define FPLI_SETTLE_H

#include "engine/walk.h"

typedef struct fpli_settler {
    fpli_walk walk;
    uint16_t *start, *slow, *fast; /* places */
    uint16_t *members;
    size_t capacity; /* members */
} fpli_settler;

/* dynamics NULL: plain. Clear it whatever is returned. Errors as fpl_settle. */
fpl_status fpli_settler_new(fpli_settler *settler, const fpl_model *model,
                            const fpl_dynamics *dynamics, fpl_error *error);
void fpli_settler_clear(fpli_settler *settler);

/* As fpl_settle; the members belong to the settler and hold until the next call. */
fpl_status fpli_settle(fpli_settler *settler, const fpl_fixing *held, int n_held,
                       const uint16_t *z, fpl_attractor *attractor, fpl_error *error);

#endif
