/* A walk through scenarios by succession, with what was chosen but does not act yet (M3.5). */
#ifndef FPLI_WALK_H
#define FPLI_WALK_H

#include "engine/rules.h"

/* Where a walk stands. One block of 16-bit numbers, so that two places compare with memcmp: n
 * variants chosen and, where lags are in force, n variants acting and n steps still to wait. */
typedef struct fpli_walk {
    const fpl_model *model;
    const fpl_dynamics *dynamics;
    size_t n;
    bool lags;
    bool *held; /* n flags */
    int32_t *balance;
    uint16_t *next;        /* n */
    uint64_t number;       /* of the step to come */
    fpl_trace_move *moves; /* room for n: filled by a step; NULL: nobody asks */
    int n_moves;
    size_t place_size; /* bytes of a place */
} fpli_walk;

/* dynamics NULL: plain. held: set and held from the start. */
fpl_status fpli_walk_new(fpli_walk *walk, const fpl_model *model,
                         const fpl_dynamics *dynamics, const fpl_fixing *held, int n_held,
                         fpl_error *error);
void fpli_walk_clear(fpli_walk *walk);

/* Hold these descriptors from now on, and no others. FPL_E_ARGUMENT. */
fpl_status fpli_walk_hold(fpli_walk *walk, const fpl_fixing *held, int n_held,
                          fpl_error *error);

/* Room for a place, zero-filled; free with fpli_free. */
uint16_t *fpli_walk_place(const fpli_walk *walk);

/* The place where a walk from z begins: held descriptors set, everything acting. */
void fpli_walk_begin(const fpli_walk *walk, const fpl_fixing *held, int n_held,
                     const uint16_t *z, uint16_t *place);

/* One step; returns whether anything moved or came to act. */
bool fpli_walk_step(fpli_walk *walk, uint16_t *place);

/* The variants that act at a place. */
const uint16_t *fpli_walk_acting(const fpli_walk *walk, const uint16_t *place);

#endif
