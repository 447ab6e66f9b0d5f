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
    FPL_SUCCESSION_GLOBAL, /* all at once */
    FPL_SUCCESSION_END
} fpl_succession;

/* Where succession settles: one scenario, or a cycle of several. */
typedef struct fpl_attractor {
    uint16_t *members; /* length scenarios of n variant indices, in the order visited */
    size_t length;     /* 1: a fixed point */
    uint64_t steps;    /* moves before it is reached */
    int n_descriptors;
} fpl_attractor;

/* One step. next: n variant indices, caller's memory, may not be z. held: n flags, a held
 * descriptor does not move; NULL: none. Returns whether anything moved. Time n*V, no allocation.
 * balance: work space of V values. */
FPL_API bool fpl_successor(const fpl_model *model, fpl_succession rule, const bool *held,
                           const uint16_t *z, int32_t *balance, uint16_t *next);

/* Follow succession from z (with the fixed descriptors set and held) to its attractor.
 * Cycles are found with constant memory (Brent). Always ends, as the space is finite.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY, FPL_E_OVERFLOW (a cycle of more than 2^20 members). */
FPL_API fpl_status fpl_settle(const fpl_model *model, fpl_succession rule,
                              const fpl_fixing *held, int n_held, const uint16_t *z,
                              fpl_attractor *attractor, fpl_error *error);
FPL_API void fpl_attractor_clear(fpl_attractor *attractor);

#ifdef __cplusplus
}
#endif

#endif
