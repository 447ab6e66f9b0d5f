/* What to watch: drivers that tell the answers of a roadmap apart, and how much a report tells of a
 * goal. method.md, M6.5 and M6.6.
 *
 * Figures here are probabilities and information in bits (doubles, exact to about 1e-12). They mean
 * `share`, M11.1: every row, or every scenario of the set, counts alike. */
#ifndef FAHRPLAN_SIGNPOSTS_H
#define FAHRPLAN_SIGNPOSTS_H

#include <fahrplan/decision.h>
#include <fahrplan/scenarios.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the watch list, M6.5 ------------------------------------------------------------------- */

/* A driver, and how much it says about the answer. */
typedef struct fpl_watch_item {
    int driver;     /* index into the roadmap's drivers */
    double alone;   /* mutual information of driver and answer, bits */
    double then;    /* what it adds to the drivers before it on the list, bits */
    bool is_in_all; /* every minimal resolving set has it */
    bool
        is_in_some; /* some minimal resolving set has it; without, nobody needs to watch it */
} fpl_watch_item;

typedef struct fpl_watch_list fpl_watch_list;

/* A set of drivers resolves the roadmap if rows with different answers always differ on it. All
 * minimal ones are found; rows that are implausible or not finished do not count. The list has every
 * driver, in the order in which each adds most to those before it.
 * Time: at most 2^drivers passes over the rows; one pass a driver if all rows count.
 * Errors: FPL_E_UNSUPPORTED (more than 20 drivers with two or more variants, some rows not
 * counting), FPL_E_MEMORY. */
FPL_API fpl_status fpl_watch_list_make(const fpl_answers *answers, fpl_watch_list **list,
                                       fpl_error *error);
FPL_API void fpl_watch_list_free(fpl_watch_list *list);
FPL_API int fpl_watch_list_n(const fpl_watch_list *list);
FPL_API const fpl_watch_item *fpl_watch_list_get(const fpl_watch_list *list, int index);

/* What there is to tell: the entropy of the answer over the rows that count, bits. */
FPL_API double fpl_watch_list_entropy(const fpl_watch_list *list);

/* Minimal resolving sets, by size, then in the order of the drivers: n flags, one a driver. */
FPL_API int fpl_watch_list_n_sets(const fpl_watch_list *list);
FPL_API const bool *fpl_watch_list_set(const fpl_watch_list *list, int index);

/* ---- how much a report tells, M6.6 ----------------------------------------------------------- */

/* A goal G, and the reports "yes" and "no" of one signpost, or the variants of one descriptor as if
 * they were seen without error. */
typedef struct fpl_diagnosis {
    int signpost;   /* index into content->signposts; -1: the descriptor itself */
    int descriptor; /* that it speaks of */
    bool
        is_stated; /* likelihoods are stated (always for a descriptor); else no figures */
    int variant;   /* of a descriptor: the one that moves P(G) most; -1 for a signpost */
    double report; /* P(yes), or P(variant) */
    double goal_if_yes,
        goal_if_no; /* P(G | yes), P(G | no); NAN if the report cannot be */
    double
        information; /* mutual information of report and G, bits; for a descriptor of its
                           variant and G */
    double ratio; /* largest of P(yes|G)/P(yes|not G), its inverse, and the same of "no";
                     INFINITY if a report excludes one side */
    bool triggers_if_yes, triggers_if_no; /* P(G) crosses the threshold */
} fpl_diagnosis;

typedef struct fpl_diagnoses fpl_diagnoses;

/* scenarios: those that count alike; goal: G; threshold: in 0..1. First all signposts, the most
 * informative first, those without likelihoods last; then all descriptors that the goal does not
 * name, likewise. A variant of which a signpost states no likelihood counts as 0.
 * Time linear in scenarios times signposts and descriptors. Errors: FPL_E_ARGUMENT (threshold, no
 * scenarios), FPL_E_MEMORY. */
FPL_API fpl_status fpl_signposts_diagnose(const fpl_model *model,
                                          const fpl_scenarios *scenarios,
                                          const fpl_formula *goal, double threshold,
                                          fpl_diagnoses **diagnoses, fpl_error *error);
FPL_API void fpl_diagnoses_free(fpl_diagnoses *diagnoses);
FPL_API int fpl_diagnoses_n(const fpl_diagnoses *diagnoses);
FPL_API const fpl_diagnosis *fpl_diagnoses_get(const fpl_diagnoses *diagnoses, int index);

/* P(G) before any report. */
FPL_API double fpl_diagnoses_goal(const fpl_diagnoses *diagnoses);

#ifdef __cplusplus
}
#endif

#endif
