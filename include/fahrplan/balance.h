/* One scenario: impact balances, consistency values, tension. method.md, M2.
 *
 * Where exclusions are stated, a variant v of descriptor j counts as a rival of z_j only if the
 * scenario with z_j := v is not itself excluded (M2.8). */
#ifndef FAHRPLAN_BALANCE_H
#define FAHRPLAN_BALANCE_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The consistency value of a descriptor without rivals. */
#define FPL_INFINITE INT32_MAX

/* Impact balances of all variants in scenario z.
 *
 *   z         n variant indices, each within its descriptor's range
 *   balance   V sums, numbered through as in fpl_model_offset; caller's memory
 *
 * balance[j,b] = sum over i of C[i,z_i -> j,b]                        method.md, M2.1
 * Unit: judgement points / denominator. Exact. Time n*V, no allocation. */
FPL_API void fpl_balance(const fpl_model *model, const uint16_t *z, int32_t *balance);

/* The figures of a scenario. Unit: judgement points / denominator. */
typedef struct fpl_figures {
    int32_t
        consistency; /* least consistency value over all descriptors, M2.2; FPL_INFINITE if no
                              descriptor has a rival */
    int32_t inconsistency; /* largest tension, as ScenarioWizard reports it, M2.3 */
    int64_t total_tension; /* T(z), sum of tensions, M2.3 */
    int64_t tis;           /* total impact score, M2.4 */
    bool excluded;         /* an exclusion forbids the scenario */
} fpl_figures;

/* Consistency values c_j of all descriptors (n values, may be NULL) and the figures (may be NULL).
 * The tension of j is max(0, -c_j). balance: work space of V values.
 * Time n*V (times n*k for each exclusion), no allocation. */
FPL_API void fpl_consistency(const fpl_model *model, const uint16_t *z, int32_t *balance,
                             int32_t *consistency, fpl_figures *figures);

/* Whether an exclusion forbids z. */
FPL_API bool fpl_is_excluded(const fpl_model *model, const uint16_t *z);

#ifdef __cplusplus
}
#endif

#endif
