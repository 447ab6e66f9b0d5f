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
    const uint16_t
        *drivers; /* descriptors that span the rows; NULL: the model's roadmap drivers, or
                                all descriptors of kind driver if it states none */
    int n_drivers;
    const uint16_t *start; /* scenario where succession starts; NULL: fpl_model_start */
    fpl_dynamics dynamics; /* of succession; all zero: local, worst first */
    const fpl_fixing
        *held; /* held in every row besides the drivers, by the do reading; a driver
                               among them spans no rows any more */
    int n_held;
} fpl_roadmap_options;

/* Levels are sets of variants of the level descriptor: bit k is variant k. */
typedef uint64_t fpl_level_set;

typedef struct fpl_row {     /* M5.2, M5.3 */
    const uint16_t *drivers; /* n_drivers variant indices */
    fpl_level_set
        default_levels;     /* one bit, or the levels of the cycle where it settles */
    size_t default_cycle;   /* length of that attractor, 1: it settles */
    fpl_level_set possible; /* levels of the completions; 0 if there are none */
    int necessary;          /* the only level of all completions; -1 if none */
    fpl_count completions;  /* |E(x)| */
    int64_t tension;        /* d(x): least tension of the drivers over the completions, or
                               over the nearest scenarios; in units of 1/denominator */
    fpl_level_set
        nearest;       /* levels of the nearest scenarios; 0 if there are completions */
    int64_t shortfall; /* total tension of the descriptors that are not held in the
                               nearest scenarios, the least there is; 0 if there are
                               completions, -1 if the exclusions leave no scenario at all */
    fpl_stop
        stop; /* not FPL_COMPLETE: possible and completions are lower bounds, necessary,
                      nearest, shortfall and tension are not known */
} fpl_row;

typedef struct fpl_roadmap fpl_roadmap;

/* All rows, in the order of the drivers' variants (the LAST driver is the fastest digit, as one
 * reads a table). limits->cap is ignored. If the deadline passes, rows that were not reached say
 * so in their `stop`, and fpl_roadmap_stop gives the reason.
 * Errors: FPL_E_MODEL if the model has no level; FPL_E_ARGUMENT; FPL_E_MEMORY;
 * FPL_E_OVERFLOW beyond 2^24 rows. */
FPL_API fpl_status fpl_roadmap_compute(const fpl_model *model,
                                       const fpl_roadmap_options *options,
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
    FPL_GATE_UNTESTABLE = 0,
    FPL_GATE_ENTAILED,
    FPL_GATE_VIOLATED,
    FPL_GATE_UNKNOWN /* stopped before all rows were looked at, and none violated it */
} fpl_gate_answer;

/* Why a gate cannot be tested. */
typedef enum fpl_gate_obstacle {
    FPL_GATE_TESTABLE = 0,
    FPL_GATE_NO_FORMULA,   /* stated in words only */
    FPL_GATE_NO_CONDITION, /* neither necessary nor sufficient: a delay, a consequence */
    FPL_GATE_NO_TARGET,    /* it names neither a level nor a measure */
    FPL_GATE_NEVER_ARISES /* necessary: no completion has the level; sufficient: none has the
                            condition */
} fpl_gate_obstacle;

/* One verdict. The witness belongs to the set of verdicts. */
typedef struct fpl_gate_verdict {
    int gate; /* index into content->gates */
    fpl_gate_answer answer;
    fpl_gate_obstacle obstacle;
    size_t
        n_rows; /* rows within the tension bound whose completions were all looked at */
    size_t n_tested;         /* rows in which the gate was put to the test */
    size_t n_violations;     /* rows among them that violate it */
    size_t first_row;        /* the first of those */
    const uint16_t *witness; /* a completion of it, n variant indices; NULL: none */
    fpl_stop stop; /* not FPL_COMPLETE: rows are missing. A violation stands all the same;
                      anything else is FPL_GATE_UNKNOWN, and the figures are lower bounds */
} fpl_gate_verdict;

/* A level k is open in a row if some completion has level k or deeper; a measure, if in some
 * completion level and stance allow it.
 *
 *   necessary F:   a completion in which it is open and F is false violates the gate
 *   sufficient F:  a row that has completions with F, but none with F in which it is open,
 *                  violates the gate
 *
 * Cost: the completions of all rows once more. Errors: FPL_E_MEMORY. */
typedef struct fpl_gate_verdicts fpl_gate_verdicts; /* one for each gate of the model */

/* All zero: all rows. */
typedef struct fpl_gate_options {
    bool use_max_tension; /* only rows whose tension is at most max_tension */
    int64_t max_tension;  /* in units of 1/denominator, >= 0 */
} fpl_gate_options;

/* model and roadmap must outlive the verdicts. options may be NULL. */
FPL_API fpl_status fpl_gates_verify(const fpl_model *model, const fpl_roadmap *roadmap,
                                    const fpl_gate_options *options,
                                    const fpl_limits *limits,
                                    fpl_gate_verdicts **verdicts, fpl_error *error);
FPL_API void fpl_gate_verdicts_free(fpl_gate_verdicts *verdicts);
FPL_API int fpl_gate_verdicts_n(const fpl_gate_verdicts *verdicts);
FPL_API const fpl_gate_verdict *fpl_gate_verdicts_get(const fpl_gate_verdicts *verdicts,
                                                      int index);
FPL_API const fpl_gate_options *
fpl_gate_verdicts_options(const fpl_gate_verdicts *verdicts);

#ifdef __cplusplus
}
#endif

#endif
