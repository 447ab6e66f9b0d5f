/* Gates: verdicts on those that the model states, and those that follow from the roadmap. method.md,
 * M6.1 to M6.4. */
#ifndef FAHRPLAN_GATES_H
#define FAHRPLAN_GATES_H

#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

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

/* ---- gates that follow from the rows, M6.2 ------------------------------------------------- */

/* When a row counts as open. */
typedef enum fpl_opening {
    FPL_OPENS_POSSIBLY = 0, /* some completion has it */
    FPL_OPENS_NECESSARILY,  /* there are completions, and every one has it */
    FPL_OPENS_BY_DEFAULT,   /* succession settles there; levels only */
    FPL_OPENING_END
} fpl_opening;

/* What the gates lead to: one of several levels, or a measure that is admissible (M4.3). */
typedef struct fpl_gate_aim {
    fpl_level_set levels; /* if measure is negative */
    int measure; /* index into content->measures; needs fpl_roadmap_options.measures */
    fpl_opening opening;
} fpl_gate_aim;

/* A condition on the drivers, one set of variants for each.
 *
 *   sufficient: every driver has one of its variants (a full set says nothing)
 *   necessary:  some driver has one of its variants (an empty set says nothing) */
typedef struct fpl_derived_gate {
    const uint64_t *variants;
    size_t n_rows; /* rows that satisfy the condition and count */
} fpl_derived_gate;

/* All prime implicants and prime implicates of "the row is open", literals being sets of variants:
 * sufficient gates cannot be widened, necessary ones cannot be narrowed. A row that was not finished
 * or lies beyond the tension bound does not count: it may lie on either side.
 *
 * Each list is sorted by the number of drivers named, then by rows, most first. If no row is open there
 * is one necessary gate that names no driver: it never holds. */
typedef struct fpl_derived_gates fpl_derived_gates;

/* options may be NULL. roadmap must outlive the gates. Time and memory about the number of products
 * of non-empty sets of variants, 2^23 at most.
 * Errors: FPL_E_ARGUMENT (no such level or measure; measures were not noted; a measure by default),
 * FPL_E_UNSUPPORTED beyond that number, FPL_E_MEMORY. */
FPL_API fpl_status fpl_gates_derive(const fpl_roadmap *roadmap, const fpl_gate_aim *aim,
                                    const fpl_gate_options *options,
                                    fpl_derived_gates **gates, fpl_error *error);
FPL_API void fpl_derived_gates_free(fpl_derived_gates *gates);
FPL_API int fpl_derived_gates_n_sufficient(const fpl_derived_gates *gates);
FPL_API const fpl_derived_gate *
fpl_derived_gates_sufficient(const fpl_derived_gates *gates, int index);
FPL_API int fpl_derived_gates_n_necessary(const fpl_derived_gates *gates);
FPL_API const fpl_derived_gate *
fpl_derived_gates_necessary(const fpl_derived_gates *gates, int index);

/* Rows that are open, and rows that count. */
FPL_API size_t fpl_derived_gates_n_open(const fpl_derived_gates *gates);
FPL_API size_t fpl_derived_gates_n_counted(const fpl_derived_gates *gates);

/* How far it is, M6.4: the fewest one-step moves of drivers (one driver, to a neighbouring variant if
 * it is ordered, to any if not) from the row where the roadmap's start stands to an open row that
 * counts; -1 if there is none. The rows on the way are n + 1, both ends included; among ways of equal
 * length it is the one through the earliest rows, seen from the end. */
FPL_API int fpl_derived_gates_distance(const fpl_derived_gates *gates);
FPL_API const size_t *fpl_derived_gates_way(const fpl_derived_gates *gates);

#ifdef __cplusplus
}
#endif

#endif
