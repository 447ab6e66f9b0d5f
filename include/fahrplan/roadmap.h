/* The conditional roadmap: for each situation of the drivers, what the levels may be; and the
 * verdicts on stated gates. method.md, M5 and M6. */
#ifndef FAHRPLAN_ROADMAP_H
#define FAHRPLAN_ROADMAP_H

#include <fahrplan/succession.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All zero: drivers, start and rule as the model states them. */
typedef struct fpl_roadmap_options {
    const uint16_t *drivers; /* descriptors that span the rows; NULL: the model's roadmap drivers, or
                                all descriptors of kind driver if it states none */
    int n_drivers;
    const uint16_t *start; /* scenario where succession starts; NULL: fpl_model_start */
    fpl_rule_kind rule;    /* of succession; all zero: local, worst first */
} fpl_roadmap_options;

/* Levels are sets of variants of the level descriptor: bit k is variant k. */
typedef uint64_t fpl_level_set;

typedef struct fpl_row { /* M5.2, M5.3 */
    const uint16_t *drivers;        /* n_drivers variant indices */
    fpl_level_set default_levels;   /* one bit, or the levels of the cycle where it settles */
    size_t default_cycle;           /* length of that attractor, 1: it settles */
    fpl_level_set possible;         /* levels of the completions */
    int necessary;                  /* the only level of all completions; -1 if none */
    fpl_count completions;          /* |E(x)| */
    int64_t tension;                /* d(x): least tension of the drivers over the completions; if
                                       there are none, least total tension over all that extend x */
    bool empty;                     /* E(x) is empty: possible and tension speak of the completions
                                       of least total tension instead */
    fpl_stop stop;                  /* not FPL_COMPLETE: possible and completions are lower bounds */
} fpl_row;

typedef struct fpl_roadmap fpl_roadmap;

/* All rows, in the order of the drivers' variants (the LAST driver is the fastest digit, as one
 * reads a table). limits->cap is ignored. If the deadline passes, the rows done so far are there
 * and fpl_roadmap_stop tells.
 * Errors: FPL_E_MODEL if the model has no level; FPL_E_ARGUMENT; FPL_E_MEMORY;
 * FPL_E_OVERFLOW beyond 2^24 rows. */
FPL_API fpl_status fpl_roadmap_compute(const fpl_model *model, const fpl_roadmap_options *options,
                                       const fpl_limits *limits, fpl_roadmap **roadmap,
                                       fpl_error *error);
FPL_API void fpl_roadmap_free(fpl_roadmap *roadmap);
FPL_API size_t fpl_roadmap_n_rows(const fpl_roadmap *roadmap);
FPL_API const fpl_row *fpl_roadmap_row(const fpl_roadmap *roadmap, size_t index);
FPL_API int fpl_roadmap_n_drivers(const fpl_roadmap *roadmap);
FPL_API const uint16_t *fpl_roadmap_drivers(const fpl_roadmap *roadmap);
FPL_API const uint16_t *fpl_roadmap_start(const fpl_roadmap *roadmap);
FPL_API fpl_stop fpl_roadmap_stop(const fpl_roadmap *roadmap);

/* ---- verdicts on stated gates, M6.3 ------------------------------------------------------- */

typedef enum fpl_gate_answer {
    FPL_GATE_UNTESTABLE = 0, /* the model has no formula, or it speaks of nothing in the rows */
    FPL_GATE_ENTAILED,
    FPL_GATE_VIOLATED
} fpl_gate_answer;

/* Why a gate cannot be tested. */
typedef enum fpl_gate_obstacle {
    FPL_TESTABLE = 0,
    FPL_NO_FORMULA,        /* stated in words only */
    FPL_NOT_A_CONDITION,   /* a delay or a consequence: not about when a level is open */
    FPL_NO_LEVEL           /* it names neither a level nor a measure */
} fpl_gate_obstacle;

typedef struct fpl_gate_verdict {
    int gate;                 /* index into content->gates */
    fpl_gate_answer answer;
    fpl_gate_obstacle obstacle;
    size_t rows_tested;       /* rows whose completions were all looked at */
    size_t completions_tested; /* completions with that level, or measure, or condition */
    size_t n_violations;      /* rows with at least one witness */
    size_t first_row;         /* the first of them */
    uint16_t *witness;        /* its witness completion, n variant indices; NULL if none */
} fpl_gate_verdict;

/* A necessary gate F of level k: in no completion of any row is the level k or deeper while F is
 * false. A sufficient gate: in no completion is F true while the level is shallower than k. For a
 * measure m, "level is k or deeper" reads "m is admissible as far as level and stance go".
 * max_tension: only rows whose tension is at most this; negative: all rows.
 * verdicts: array of n_gates, caller's memory; release each with fpl_gate_verdict_clear.
 * Errors: FPL_E_MEMORY. */
FPL_API fpl_status fpl_gates_verify(const fpl_model *model, const fpl_roadmap *roadmap,
                                    int64_t max_tension, const fpl_limits *limits,
                                    fpl_gate_verdict *verdicts, fpl_error *error);
FPL_API void fpl_gate_verdict_clear(fpl_gate_verdict *verdict);

#ifdef __cplusplus
}
#endif

#endif
