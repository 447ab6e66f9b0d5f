/* Conditions on scenarios, method.md M4.4: CONF=acute, LEVEL>=L2 (ordered descriptors), !=,
 * CONF in {acute, entrenched}, not, and, or, parentheses, true, false. */
#ifndef FAHRPLAN_FORMULA_H
#define FAHRPLAN_FORMULA_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_formula fpl_formula;

/* Parse against a model. Unknown names and order comparisons on unordered descriptors are errors;
 * error->mark counts characters of the text (line 1), the note gives the nearest known name.
 * Errors: FPL_E_SYNTAX, FPL_E_MODEL (unknown name), FPL_E_MEMORY. */
FPL_API fpl_status fpl_formula_parse(const fpl_model *model, const char *text,
                                     fpl_formula **formula, fpl_error *error);
FPL_API void fpl_formula_free(fpl_formula *formula);

/* The opposite of a formula, which must outlive it. Errors: FPL_E_MEMORY. */
FPL_API fpl_status fpl_formula_negate(const fpl_formula *formula, fpl_formula **negation,
                                      fpl_error *error);

/* Whether a scenario (n variant indices) satisfies it. Time linear in the formula. */
FPL_API bool fpl_formula_holds(const fpl_formula *formula, const uint16_t *z);

/* Whether it can be told from a few descriptors: every descriptor it names d has known[d] true. */
FPL_API bool fpl_formula_speaks_only_of(const fpl_formula *formula, const bool *known);

/* Set named[d] for every descriptor that it names; others are left as they are. */
FPL_API void fpl_formula_mark_descriptors(const fpl_formula *formula, bool *named);

#ifdef __cplusplus
}
#endif

#endif
