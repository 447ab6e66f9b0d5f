/* The roadmap merged: a decision table and a decision tree. method.md, M5.4. */
#ifndef FAHRPLAN_DECISION_H
#define FAHRPLAN_DECISION_H

#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What counts as the answer of a row. Two rows say the same if all that is asked for is equal. */
typedef enum fpl_answer_by {
    FPL_BY_LEVELS = 0, /* default, possible (or nearest) and necessary levels */
    FPL_BY_DEFAULT,    /* the default alone */
    FPL_BY_POSSIBLE,   /* the possible (or nearest) levels alone */
    FPL_ANSWER_BY_END
} fpl_answer_by;

/* All zero: every row as it is. */
typedef struct fpl_answer_options {
    fpl_answer_by by;
    bool
        use_max_tension; /* rows beyond max_tension are implausible: one answer of their own */
    int64_t max_tension; /* in units of 1/denominator, >= 0 */
} fpl_answer_options;

/* One answer that rows give. Read its levels from its first row. */
typedef struct fpl_answer {
    size_t first_row; /* the first row that gives it */
    size_t n_rows;
    bool implausible; /* the answer of rows beyond the tension bound */
    bool unknown;     /* the answer of rows that were not finished */
} fpl_answer;

/* The answers of a roadmap, numbered in the order of their first rows. Time linear in the rows. */
typedef struct fpl_answers fpl_answers;

/* options may be NULL; roadmap must outlive the answers. Errors: FPL_E_ARGUMENT, FPL_E_MEMORY. */
FPL_API fpl_status fpl_answers_find(const fpl_roadmap *roadmap,
                                    const fpl_answer_options *options,
                                    fpl_answers **answers, fpl_error *error);
FPL_API void fpl_answers_free(fpl_answers *answers);
FPL_API int fpl_answers_n(const fpl_answers *answers);
FPL_API const fpl_answer *fpl_answers_get(const fpl_answers *answers, int index);
FPL_API int fpl_answers_of_row(const fpl_answers *answers, size_t row);
FPL_API const fpl_answer_options *fpl_answers_options(const fpl_answers *answers);

/* ---- the decision table ------------------------------------------------------------------- */

/* A line: all rows in which every driver has one of the variants given, and nothing but those. */
typedef struct fpl_decision_line {
    int answer;
    const uint64_t *variants; /* n_drivers sets: bit v is variant v */
    size_t n_rows; /* rows that it covers, the product of the sizes of the sets */
} fpl_decision_line;

typedef struct fpl_decision_table fpl_decision_table;

/* Every row lies in some line and every line in one answer. Lines of one answer may overlap; none
 * can be widened or left out. Lines are sorted by their answer, then by the rows that they cover
 * first.
 *
 * If the drivers have at most 2^23 products of non-empty sets of variants, the number of lines of an
 * answer is the least there is, unless the deadline passes or the choice takes more than 10^6
 * steps; otherwise rows are widened one after the other. fpl_decision_table_is_minimum says which.
 * limits->cap is ignored. Errors: FPL_E_MEMORY. */
FPL_API fpl_status fpl_decision_table_make(const fpl_answers *answers,
                                           const fpl_limits *limits,
                                           fpl_decision_table **table, fpl_error *error);
FPL_API void fpl_decision_table_free(fpl_decision_table *table);
FPL_API size_t fpl_decision_table_n(const fpl_decision_table *table);
FPL_API const fpl_decision_line *fpl_decision_table_get(const fpl_decision_table *table,
                                                        size_t index);
FPL_API bool fpl_decision_table_is_minimum(const fpl_decision_table *table);

/* ---- the decision tree -------------------------------------------------------------------- */

/* A question: which variant has this driver? Or, if driver is -1, an answer. */
typedef struct fpl_decision_node {
    int driver;               /* index into the roadmap's drivers; -1: an answer */
    int answer;               /* of an answer; else -1 */
    const uint32_t *children; /* of a question: a node for each variant */
} fpl_decision_node;

typedef struct fpl_decision_tree fpl_decision_tree;

/* In which order the tree asks. */
typedef enum fpl_tree_order {
    FPL_ORDER_SMALLEST = 0, /* the one with the fewest questions */
    FPL_ORDER_STATED        /* the roadmap's */
} fpl_tree_order;

/* A reduced ordered multi-valued decision diagram: equal subtrees are there once, questions whose
 * answer makes no difference are left out. Node 0 is the root, children come after their parents.
 *
 * The smallest order is found by dynamic programming over sets of drivers (Friedman and Supowit
 * 1990) if the product of (variants + 1) over the drivers is at most 2^24 (12 drivers with three
 * variants); beyond it the stated order is taken. Among orders with equally many questions the one
 * nearest to the stated wins (first difference). Time about drivers times that product.
 * Errors: FPL_E_MEMORY. */
FPL_API fpl_status fpl_decision_tree_make(const fpl_answers *answers,
                                          fpl_tree_order order, fpl_decision_tree **tree,
                                          fpl_error *error);
FPL_API void fpl_decision_tree_free(fpl_decision_tree *tree);
FPL_API size_t fpl_decision_tree_n(const fpl_decision_tree *tree);
FPL_API const fpl_decision_node *fpl_decision_tree_get(const fpl_decision_tree *tree,
                                                       size_t index);
FPL_API size_t fpl_decision_tree_n_questions(const fpl_decision_tree *tree);

/* The order in which it asks: indices into the roadmap's drivers. */
FPL_API const int *fpl_decision_tree_order(const fpl_decision_tree *tree);
FPL_API bool fpl_decision_tree_is_smallest(const fpl_decision_tree *tree);

#ifdef __cplusplus
}
#endif

#endif
