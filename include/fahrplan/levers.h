/* Levers: which descriptors to hold so that a goal is reached. method.md, M7.1 to M7.3.
 *
 * An intervention holds a variant of some controllable descriptors. E(x,a) are the completions of a
 * row x and an intervention a: both are held from outside and not tested (do), all others are. */
#ifndef FAHRPLAN_LEVERS_H
#define FAHRPLAN_LEVERS_H

#include <fahrplan/succession.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { FPL_LEVER_MOST = 8 }; /* descriptors held at once */

/* What is asked of an intervention. */
typedef enum fpl_strength {
    FPL_STRENGTH_NECESSARY =
        0,                   /* there are completions, and all of them reach the goal */
    FPL_STRENGTH_POSSIBLE,   /* some completion reaches it */
    FPL_STRENGTH_ATTAINED,   /* succession from the start ends in it, all along a cycle */
    FPL_STRENGTH_GUARANTEED, /* so does every asynchronous order */
    FPL_STRENGTH_END
} fpl_strength;

/* The row of the table of strengths: "necessary" and what it means, English, translatable. */
typedef struct fpl_strength_info {
    const char *name;
    const char *summary;
} fpl_strength_info;

FPL_API const fpl_strength_info *fpl_strength_get(fpl_strength strength);

/* All zero but for the goal: necessary, nothing else held, all choices that the goal does not name,
 * one point of cost each, up to two at once. */
typedef struct fpl_lever_options {
    const fpl_formula *goal; /* required */
    bool prevent;            /* the goal is that the formula is false */
    fpl_strength strength;
    const fpl_fixing *row; /* held in any case, at no cost: the drivers' situation */
    int n_row;
    const bool
        *controllable; /* n flags; NULL: kind choice, unless the goal names it. What the
                                 row holds is never controllable */
    const int64_t *costs; /* n costs >= 0 of holding a descriptor; NULL: 1 each */
    const uint16_t
        *start;   /* the present: holding its variant costs nothing, and succession
                                 starts there; NULL: fpl_model_start, and holding costs nothing
                                 only if the model states one */
    int max_size; /* descriptors at once, 1..FPL_LEVER_MOST; 0: 2 */
    bool self_consistent; /* only sets whose own tension is 0 */
    bool
        release; /* attained: let go of the intervention (not of the row), settle again */
    fpl_dynamics dynamics; /* attained; guaranteed takes its memory alone */
} fpl_lever_options;

/* One intervention. */
typedef struct fpl_lever {
    const fpl_fixing *set; /* n of them, by descriptor; none: the goal needs no lever */
    int n;
    int64_t cost;
    fpl_count completions; /* |E(x,a)| */
    fpl_count reaching;    /* those that reach the goal */
    int64_t
        tension; /* its own: least sum of the tensions of what it holds, over the completions
                        that reach the goal (attained, guaranteed: over the scenarios where it
                        ends, still held); in 1/denominator; -1: not known. 0: self-consistent */
    const uint16_t
        *witness; /* a completion that reaches the goal, or where succession ends; of a
                                near miss: one that fails it. NULL: none */
    size_t cycle; /* attained: length of the attractor where it ends; otherwise 1 */
} fpl_lever;

typedef struct fpl_levers fpl_levers;

/* All inclusion-minimal interventions of up to max_size descriptors, the cheapest first, then fewer
 * descriptors, then by descriptors and variants. No smaller part of a listed set is itself a
 * lever. All sets of least cost are among them, but for those that hold something more at no
 * cost.
 *
 * necessary: implicit hitting sets (M7.3); other strengths try every candidate that contains no
 * smaller lever. Cost: up to c!/(s!(c-s)!) k^s candidates for c controllable descriptors of k
 * variants and sets of s; a question to the search for each that no counterexample known refutes.
 * limits->cap: at most so many sets. If fpl_levers_stop is not FPL_COMPLETE, sets may be missing;
 * those listed are levers.
 * Errors: FPL_E_ARGUMENT (no goal, nothing controllable, size, negative cost, release without
 * attained), FPL_E_MEMORY, FPL_E_OVERFLOW (a cycle of more than 2^20 members). */
FPL_API fpl_status fpl_levers_compute(const fpl_model *model,
                                      const fpl_lever_options *options,
                                      const fpl_limits *limits, fpl_levers **levers,
                                      fpl_error *error);
FPL_API void fpl_levers_free(fpl_levers *levers);
FPL_API size_t fpl_levers_n(const fpl_levers *levers);
FPL_API const fpl_lever *fpl_levers_get(const fpl_levers *levers, size_t index);
FPL_API fpl_stop fpl_levers_stop(const fpl_levers *levers);

/* If there is no lever: up to three interventions that come nearest, the largest share of
 * completions that reach the goal first (necessary, attained, guaranteed; up to two descriptors),
 * each with a counterexample. */
FPL_API size_t fpl_levers_n_near(const fpl_levers *levers);
FPL_API const fpl_lever *fpl_levers_near(const fpl_levers *levers, size_t index);

/* The controllable descriptors, ascending; and what the work was. */
FPL_API int fpl_levers_n_controls(const fpl_levers *levers);
FPL_API const uint16_t *fpl_levers_controls(const fpl_levers *levers);

typedef struct fpl_lever_work {
    uint64_t candidates; /* interventions up to the size */
    uint64_t questions;  /* put to the search, to succession or to all orders */
    uint64_t
        refuted; /* candidates that a counterexample known or a smaller lever ruled out */
} fpl_lever_work;

FPL_API const fpl_lever_work *fpl_levers_work(const fpl_levers *levers);

#ifdef __cplusplus
}
#endif

#endif
