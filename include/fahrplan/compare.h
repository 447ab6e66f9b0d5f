/* Two models side by side: what differs in what they state, and what that changes in the answers. */
#ifndef FAHRPLAN_COMPARE_H
#define FAHRPLAN_COMPARE_H

#include <fahrplan/gates.h>
#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Index of the two models in all that follows. */
enum { FPL_OLD = 0, FPL_NEW = 1 };

/* ---- what they state ------------------------------------------------------------------------ */

typedef enum fpl_change_kind {
    FPL_CHANGE_VALUE = 0, /* another value: of a judgement, a field, a text */
    FPL_CHANGE_ADDED,     /* `before` is NULL */
    FPL_CHANGE_REMOVED,   /* `after` is NULL */
    FPL_CHANGE_RENAMED,   /* the same thing under another id */
    FPL_CHANGE_MOVED      /* items in another order */
} fpl_change_kind;

typedef struct fpl_change {
    fpl_change_kind kind;
    const char *
        part; /* the key at the top of a native file: "title", "descriptors", "impacts" */
    const char
        *item; /* "CONF", "CONF.easing", "CONF.easing->LEVEL.L2"; "": the part itself */
    const char
        *field; /* "name.de", "because.at"; "": the item as a whole, or a judgement */
    const char *before; /* as a native file writes it; NULL: not stated */
    const char *after;
    bool is_judgement; /* a value of the matrix; what nobody judged counts as 0 */
    const fpl_reason *reason[2]; /* of a judgement's group; NULL: none */
} fpl_change;

typedef struct fpl_difference fpl_difference;

/* Everything that differs, in the order of the old model, what is new behind it. Things are matched by
 * id; one that is renamed is recognised if only one thing on the other side has its name or says the
 * same. References to renamed things are no change. Judgements are compared value by value.
 *
 * Both models must outlive the difference. A model has no difference from itself.
 * Cost: linear in what is stated, squared in the length of a list. Errors: FPL_E_MEMORY. */
FPL_API fpl_status fpl_models_diff(const fpl_model *old, const fpl_model *new_,
                                   fpl_difference **difference, fpl_error *error);
FPL_API void fpl_difference_free(fpl_difference *difference);
FPL_API size_t fpl_difference_n(const fpl_difference *difference);
FPL_API const fpl_change *fpl_difference_get(const fpl_difference *difference,
                                             size_t index);

/* ---- what that changes in the answers -------------------------------------------------------- */

/* All zero: nothing is held. */
typedef struct fpl_compare_options {
    const fpl_fixing
        *held[2]; /* by the do reading, M2.7; indices of the model concerned */
    int n_held[2];
    bool no_roadmap; /* scenarios only */
} fpl_compare_options;

/* One judgement that speaks otherwise than before about who leads. */
typedef struct fpl_contribution {
    int from[2]; /* descriptor; -1: that model does not have it */
    int from_variant[2];
    int32_t weight[2]; /* judgement on the chosen variant minus that on the rival */
    const fpl_reason *reason[2]; /* may be NULL */
} fpl_contribution;

typedef enum fpl_cause_kind {
    FPL_CAUSE_BALANCE = 0, /* the balance favours the rival */
    FPL_CAUSE_EXCLUDED,    /* an exclusion forbids the scenario */
    FPL_CAUSE_VARIANT,     /* the model has no such variant */
    FPL_CAUSE_HELD,        /* the descriptor is held at another variant */
    FPL_CAUSE_DESCRIPTOR, /* the model has more descriptors, and no variants of theirs complete it */
    FPL_CAUSE_START /* succession starts at another variant */
} fpl_cause_kind;

/* Why a scenario does not hold in one of the models, or where successions part. */
typedef struct fpl_cause {
    fpl_cause_kind kind;
    int descriptor[2]; /* the one concerned; -1: none, or not in that model */
    int chosen[2];     /* its variant in the scenario */
    int rival[2];      /* the variant that the balance prefers, or at which it is held */
    int exclusion;     /* FPL_CAUSE_EXCLUDED: index into the exclusions of the model */
    int32_t lead[2];   /* balance of chosen minus balance of rival, in units of
                          1/fpl_comparison_denominator */
    bool known[2]; /* lead is known: that model has the descriptor and both variants */
    bool unlocked; /* where the scenario holds, an exclusion forbids the rival (M2.8) */
    bool untested; /* there the descriptor is held */
    FPL_LIST(fpl_contribution)
    contributions; /* weights that differ, the largest change first */
} fpl_cause;

/* A scenario that holds in one of the models only. */
typedef struct fpl_shift {
    int side;          /* the model in which it holds: FPL_OLD: lost, FPL_NEW: gained */
    const uint16_t *z; /* indices of that model */
    FPL_LIST(fpl_cause) causes; /* all that is against it in the other, the worst first */
} fpl_shift;

enum { FPL_ROW_DEFAULT = 1, FPL_ROW_POSSIBLE = 2, FPL_ROW_NECESSARY = 4 };

/* A row of the roadmap whose answer differs. */
typedef struct fpl_row_shift {
    size_t row[2];
    int differs; /* FPL_ROW_..., together */
    FPL_LIST(fpl_shift)
    witnesses; /* for each level lost or gained the first completion with it */
    const uint16_t
        *parting; /* default: the scenario (old indices) from which succession goes
                                other ways; NULL: not known */
    FPL_LIST(fpl_cause) causes; /* of the parting: who moves otherwise, and why */
} fpl_row_shift;

/* A stated gate whose verdict differs. NULL: that model does not state it. */
typedef struct fpl_gate_shift {
    const fpl_gate_verdict *verdict[2];
} fpl_gate_shift;

/* Whether roadmaps can be compared. */
typedef enum fpl_roadmap_match {
    FPL_ROADMAPS_MATCH = 0,
    FPL_ROADMAPS_NOT_ASKED,
    FPL_ROADMAPS_NO_LEVEL,     /* one of the models has none */
    FPL_ROADMAPS_OTHER_LEVEL,  /* the levels are different descriptors */
    FPL_ROADMAPS_OTHER_DRIVERS /* the rows are spanned by different descriptors */
} fpl_roadmap_match;

typedef struct fpl_comparison fpl_comparison;

/* Scenarios, rows and verdicts of both models, and which of them differ: method.md, M14. Where one of the models has
 * descriptors that the other has not, a scenario is kept if its shared part is that of a scenario of
 * the other.
 *
 * limits->cap: at most so many scenarios of each model (0: 10,000). Both models must outlive the
 * comparison.
 * Errors: FPL_E_ARGUMENT (holding), FPL_E_MEMORY, those of fpl_roadmap_compute. */
FPL_API fpl_status fpl_compare(const fpl_model *old, const fpl_model *new_,
                               const fpl_compare_options *options,
                               const fpl_limits *limits, fpl_comparison **comparison,
                               fpl_error *error);
FPL_API void fpl_comparison_free(fpl_comparison *comparison);

/* Common unit of all leads and weights: 1/denominator judgement points. */
FPL_API int fpl_comparison_denominator(const fpl_comparison *comparison);

/* Scenarios of one side that were looked at, and how the search ended. If it was cut there may be more
 * shifts; each of those found stands, unless the other model has further descriptors. */
FPL_API const fpl_scenarios *fpl_comparison_scenarios(const fpl_comparison *comparison,
                                                      int side);
FPL_API size_t fpl_comparison_n_shifts(const fpl_comparison *comparison, int side);
FPL_API const fpl_shift *fpl_comparison_shift(const fpl_comparison *comparison, int side,
                                              size_t index);

/* Roadmap and verdicts of one side; NULL if roadmaps were not compared. */
FPL_API fpl_roadmap_match fpl_comparison_roadmaps(const fpl_comparison *comparison);
FPL_API const fpl_roadmap *fpl_comparison_roadmap(const fpl_comparison *comparison,
                                                  int side);
FPL_API size_t fpl_comparison_n_rows(const fpl_comparison *comparison);
FPL_API const fpl_row_shift *fpl_comparison_row(const fpl_comparison *comparison,
                                                size_t index);

/* Rows that only one side has, for it names variants that the other has not. */
FPL_API size_t fpl_comparison_n_lone_rows(const fpl_comparison *comparison, int side);
FPL_API size_t fpl_comparison_n_gates(const fpl_comparison *comparison);
FPL_API const fpl_gate_shift *fpl_comparison_gate(const fpl_comparison *comparison,
                                                  size_t index);

/* Why the comparison is partial; FPL_COMPLETE if it is not. */
FPL_API fpl_stop fpl_comparison_stop(const fpl_comparison *comparison);

/* Whether any answer differs among those looked at. */
FPL_API bool fpl_comparison_differs(const fpl_comparison *comparison);

#ifdef __cplusplus
}
#endif

#endif
