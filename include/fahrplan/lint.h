/* Findings: what a careful colleague would remark about a model that is formally in order. */
#ifndef FAHRPLAN_LINT_H
#define FAHRPLAN_LINT_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpl_finding_kind {
    FPL_FINDING_NOT_STANDARDISED, /* a group does not sum to zero; a = sum */
    FPL_FINDING_SECTION_MISSING,  /* nobody judged i -> j at all */
    FPL_FINDING_ROW_MISSING,      /* a section is judged, one of its groups is not */
    FPL_FINDING_RECEIVES_NOTHING, /* a descriptor on which nothing acts */
    FPL_FINDING_SENDS_NOTHING,    /* a descriptor that acts on nothing */
    FPL_FINDING_DOMINATED,        /* a variant that no scenario can ever choose */
    FPL_FINDING_OUTSIDE_SCALE,    /* a judgement beyond the scale; a = value */
    FPL_FINDING_STATUS_DIFFERS, /* stated status of a measure against the rules; a, b = legality */
    FPL_FINDING_HEDGE_UNUSED,  /* no prediction uses the words */
    FPL_FINDING_HEDGE_UNKNOWN, /* a prediction uses words that no hedge explains */
    FPL_FINDING_NO_REASON,     /* a judged group without a reason */
    FPL_FINDING_START_TENSION, /* the stated start is not consistent; a = total tension */
    FPL_FINDING_OBSERVED_BEFORE, /* an observation dated before the model: context, no test */
    FPL_FINDING_END
} fpl_finding_kind;

/* How much it matters: whether an answer may be wrong, or a reader may be puzzled. */
typedef enum fpl_weight_of_finding {
    FPL_REMARK = 0, /* worth knowing */
    FPL_DOUBT       /* probably a slip */
} fpl_weight_of_finding;

/* Only the indices that the kind speaks of are set, others are -1. */
typedef struct fpl_finding {
    fpl_finding_kind kind;
    fpl_weight_of_finding weight;
    fpl_mark mark;
    int from, from_variant; /* source side, or the descriptor concerned */
    int to, to_variant;     /* target side */
    int item;     /* index of the measure, hedge, prediction, observation, rule */
    int64_t a, b; /* figures, see the kinds */
} fpl_finding;

typedef struct fpl_findings fpl_findings;

/* In the order of kinds, then of indices. Time V^2. Errors: FPL_E_MEMORY.
 *
 * Dominated (M2.2): variant b of j for which some rival c has max over all scenarios of
 * th_j,b - th_j,c < 0; exact for this pairwise test, exclusions not considered. */
FPL_API fpl_status fpl_model_lint(const fpl_model *model, fpl_findings **findings,
                                  fpl_error *error);
FPL_API size_t fpl_findings_n(const fpl_findings *findings);
FPL_API const fpl_finding *fpl_findings_get(const fpl_findings *findings, size_t index);
FPL_API void fpl_findings_free(fpl_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
