/* The inside of the search for levers: candidates are walked through by size; a judge says of each
 * whether it reaches the goal, as strong as is asked. */
#ifndef FPLI_LEVERS_H
#define FPLI_LEVERS_H

#include "base/clock.h"
#include "base/mem.h"
#include "engine/solver.h"
#include "study/clauses.h"

#include <fahrplan/levers.h>

struct fpl_levers {
    fpli_arena *arena; /* sets and witnesses */
    fpl_lever *items;
    size_t n, capacity;
    fpl_lever near[3];
    size_t n_near;
    uint16_t *controls;
    int n_controls;
    fpl_lever_work work;
    fpl_stop stop;
};

typedef struct fpli_lever_search {
    fpl_levers *levers;
    const fpl_model *model;
    const fpl_lever_options *options;
    size_t n; /* descriptors */
    int max_size;
    uint64_t cap;
    const fpl_formula *goal;  /* as wanted */
    const fpl_formula *fails; /* its opposite */
    fpl_formula *negation;
    fpli_solver *solver;
    fpli_clauses *clauses;
    fpli_watch watch;
    fpl_fixing *held; /* the row, then what the candidate holds */
    int size;         /* of the candidate */
    uint16_t *start;
    bool has_present; /* the start is one that costs nothing to keep */
    uint16_t *z;      /* the witness, or the counterexample */
    int32_t *balance;
    int32_t *consistency;
    bool *may_skip; /* by control, of a clause being made */
    uint64_t *may_hold;
    fpl_error *error;
} fpli_lever_search;

/* What a judge finds about the candidate that is held. */
typedef struct fpli_verdict {
    bool reaches;
    bool
        has_witness; /* in search->z: if it reaches the goal a witness, else a counterexample */
    size_t cycle;
    int64_t tension; /* own; -1: not known yet */
} fpli_verdict;

typedef fpl_status (*fpli_lever_judge)(fpli_lever_search *search, fpli_verdict *verdict);

/* One for each strength: levers_judge.c. */
extern const fpli_lever_judge fpli_lever_judges[FPL_STRENGTH_END];

/* What the candidate holds. */
static inline const fpl_fixing *fpli_lever_set(const fpli_lever_search *search)
{
    return search->held + search->options->n_row;
}

/* E(x,a), and how much the model objects to what is held. */
fpl_query fpli_lever_query(const fpli_lever_search *search, const fpl_formula *where);
int64_t fpli_lever_tension(fpli_lever_search *search, const uint16_t *z);

/* Limits for one question: one thread, what is left of the time. */
fpl_limits fpli_lever_limits(const fpli_lever_search *search);

/* Count the completions and take the least tension of those that reach the goal, unless the judge
 * has told it. */
fpl_status fpli_lever_measure(fpli_lever_search *search, fpl_lever *lever);

/* Fill in the three that come nearest: levers_near.c. */
fpl_status fpli_lever_nearest(fpli_lever_search *search);

/* Keep the candidate's set, cost and witness in an item. */
fpl_status fpli_lever_keep(fpli_lever_search *search, const fpli_verdict *verdict,
                           fpl_lever *lever);

#endif
