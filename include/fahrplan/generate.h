/* Seeded random models: test beds of known shape. Same options, same model, on every machine. */
#ifndef FAHRPLAN_GENERATE_H
#define FAHRPLAN_GENERATE_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpl_family {
    FPL_FAMILY_RANDOM =
        0, /* a section is present with probability density; its groups are drawn
                              uniformly from the zero-sum integer rows within the scale */
    FPL_FAMILY_MODULAR, /* modules of module_size descriptors; `density` inside, `cross` across */
    FPL_FAMILY_ORDERED, /* ordered variants: each section promotes or hinders monotonically */
    FPL_FAMILY_END
} fpl_family;

typedef struct fpl_generate_options {
    fpl_family family;
    int n_descriptors; /* 1..FPL_DESCRIPTORS_MAX */
    int n_variants;    /* of each descriptor, 1..FPL_VARIANTS_MAX; 0: 2 to 4, drawn */
    double density;    /* 0..1 */
    double cross;      /* modular: density across modules, 0..1 */
    int module_size;   /* modular: >= 1 */
    int scale;         /* 0: 3 */
    int n_planted; /* scenarios that the matrix is adjusted to make consistent, 0..64 */
    int n_drivers; /* that many first descriptors are drivers, the last one is the level */
    uint64_t seed;
} fpl_generate_options;

/* Descriptors are D1, D2, .., their variants v1, v2, ...
 *
 * Planting shifts points within the groups of sections that are present, still zero-sum and within
 * the scale, until each planted scenario passes; FPL_E_UNSUPPORTED if that does not succeed in a
 * fixed number of rounds: too many for the scale or the density. The planted scenarios are all
 * different; they stand in the model as states, in the order drawn.
 * Errors: FPL_E_ARGUMENT, FPL_E_UNSUPPORTED, FPL_E_MEMORY. */
FPL_API fpl_status fpl_model_generate(const fpl_generate_options *options,
                                      fpl_model **model, fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
