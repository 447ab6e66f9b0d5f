/* The inside of a formula: a tree whose leaves are "descriptor takes one of these variants". */
#ifndef FPLI_FORMULA_H
#define FPLI_FORMULA_H

#include "base/hash.h"
#include "base/mem.h"

#include <fahrplan/formula.h>

typedef enum fpli_truth { FPLI_FALSE = 0, FPLI_TRUE, FPLI_UNKNOWN } fpli_truth;

/* What can be said of a formula while each descriptor may still take several variants.
 * domains: one 64-bit set of variants a descriptor. Sound, and exact once each holds one. */
fpli_truth fpli_formula_under(const fpl_formula *formula, const uint64_t *domains);

/* Parse into an arena that the formula does not own. */
fpl_status fpli_formula_parse(const fpl_model *model, const char *text, fpli_arena *arena,
                              const fpl_formula **formula, fpl_error *error);

/* Add the tree to a digest. */
void fpli_formula_hash(const fpl_formula *formula, fpli_sha256 *hash);

#endif
