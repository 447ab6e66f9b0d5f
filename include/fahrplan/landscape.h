/* The future landscape: how far futures lie apart, and which change moves one into another. */
#ifndef FAHRPLAN_LANDSCAPE_H
#define FAHRPLAN_LANDSCAPE_H

#include <fahrplan/succession.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { FPL_CHANGES_MAX = 4 };

/* All zero: single changes, then the local rule without memory. */
typedef struct fpl_landscape_options {
    fpl_dynamics dynamics;
    int max_changes; /* descriptors changed at once, 1..FPL_CHANGES_MAX; 0: 1 */
    bool hold; /* what was changed stays so (a commitment); false: it may move back */
} fpl_landscape_options;

/* Where succession rests or goes round. Places 0..n-1 are the scenarios given; others are found on the
 * way and numbered as they come. */
typedef struct fpl_place {
    const uint16_t
        *members;  /* length rows of n indices, the first in listing order first */
    size_t length; /* 1: a scenario; more: a cycle */
} fpl_place;

/* A change of one or more descriptors at once, and where it leads. */
typedef struct fpl_transition {
    size_t from, to; /* places; they differ */
    fpl_fixing changes[FPL_CHANGES_MAX];
    int n_changes;
} fpl_transition;

typedef struct fpl_landscape fpl_landscape;

/* Transitions from every scenario of the set under all changes of up to max_changes descriptors, but
 * for changes that hold a smaller one leading to the same place (state tipping, method.md, M7.4).
 *
 * scenarios: usually the consistent ones; copied. Sorted by from, then by number of changes, then
 * by descriptors and variants. limits->cap: at most so many transitions are kept (0: 100,000).
 * Cost: n scenarios times V^c / c! settlings for c changes.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY, FPL_E_OVERFLOW (a cycle of more than 2^20 members). */
FPL_API fpl_status fpl_landscape_compute(const fpl_model *model,
                                         const fpl_scenarios *scenarios,
                                         const fpl_landscape_options *options,
                                         const fpl_limits *limits,
                                         fpl_landscape **landscape, fpl_error *error);
FPL_API void fpl_landscape_free(fpl_landscape *landscape);
FPL_API fpl_stop fpl_landscape_stop(const fpl_landscape *landscape);
FPL_API size_t fpl_landscape_n_scenarios(const fpl_landscape *landscape);
FPL_API size_t fpl_landscape_n_places(const fpl_landscape *landscape);
FPL_API fpl_place fpl_landscape_place(const fpl_landscape *landscape, size_t index);
FPL_API size_t fpl_landscape_n_transitions(const fpl_landscape *landscape);
FPL_API const fpl_transition *fpl_landscape_transition(const fpl_landscape *landscape,
                                                       size_t index);

/* The first of the smallest changes that leave a scenario; NULL if none of up to max_changes does. */
FPL_API const fpl_transition *fpl_landscape_tipping(const fpl_landscape *landscape,
                                                    size_t scenario);

/* Distance of two scenarios: descriptors that differ. by_steps: an ordered one counts the variants
 * between. */
FPL_API int fpl_distance(const fpl_model *model, const uint16_t *a, const uint16_t *b,
                         bool by_steps);

/* The k scenarios that differ most: the least distance between any two is as large as can be, then
 * the sum of all distances, then the first in order. chosen: k indices, ascending; caller's memory.
 * *exact is false if there are more than 2 million sets to compare; then one scenario after the
 * other is chosen farthest from those before it.
 * Errors: FPL_E_ARGUMENT (k beyond 1..number of scenarios), FPL_E_MEMORY. */
FPL_API fpl_status fpl_scenarios_select(const fpl_model *model,
                                        const fpl_scenarios *scenarios, int k,
                                        bool by_steps, size_t *chosen, bool *exact,
                                        fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
