/* The exact distribution of total tension T over all scenarios, and the rank of one. M2.3. */
#ifndef FAHRPLAN_TENSION_H
#define FAHRPLAN_TENSION_H

#include <fahrplan/limits.h>
#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/* frequency[t] = number of scenarios with T(z) = t, t in 0..n_bins-1; excluded scenarios are not
 * counted. Sums to the size of the space less the excluded ones. */
typedef struct fpl_tension_distribution {
    fpl_count *frequency;
    size_t n_bins; /* largest T + 1 */
    fpl_stop
        stop; /* not FPL_COMPLETE: nothing is known about the scenarios not reached */
} fpl_tension_distribution;

/* The space that full enumeration accepts; larger ones give FPL_E_UNSUPPORTED unless they fall into
 * islands that are small enough. */
#define FPL_TENSION_SPACE_MAX 1000000000u

/* Time: all scenarios of each island once, some 10^8 to 10^9 a second; histograms of islands are
 * convolved. Errors: FPL_E_UNSUPPORTED, FPL_E_MEMORY. */
FPL_API fpl_status fpl_tension_distribution_compute(
    const fpl_model *model, const fpl_limits *limits,
    fpl_tension_distribution *distribution, fpl_error *error);
FPL_API void fpl_tension_distribution_clear(fpl_tension_distribution *distribution);

/* How many scenarios have less total tension than `total`, and how many exactly as much. */
FPL_API fpl_status fpl_tension_rank(const fpl_tension_distribution *distribution,
                                    int64_t total, fpl_count *below, fpl_count *equal);

#ifdef __cplusplus
}
#endif

#endif
