/* Clauses over interventions, 64 tested at a time. method.md, M7.3.
 *
 * An intervention holds a variant of some of c controls or skips them. A clause says for each control
 * whether it may be skipped and which variants may be held; it rules an intervention out if all
 * controls comply. For each such choice a bit set tells the clauses that comply with it, so the
 * clauses that rule out an intervention are the intersection of c bit sets; a walk through all
 * interventions keeps the intersection so far. */
#ifndef FPLI_CLAUSES_H
#define FPLI_CLAUSES_H

#include <fahrplan/status.h>

typedef struct fpli_clauses fpli_clauses;

/* n_variants: of each control; depth: the most that an intervention holds. FPL_E_MEMORY. */
fpl_status fpli_clauses_new(int n_controls, const int *n_variants, int depth,
                            fpli_clauses **clauses);
void fpli_clauses_free(fpli_clauses *clauses);

/* A walk: begin, then hold (control, variant) at depth 0, 1, ..., controls ascending; a depth may be
 * taken again, what was deeper is then forgotten. */
void fpli_clauses_begin(fpli_clauses *clauses);
void fpli_clauses_hold(fpli_clauses *clauses, int depth, int control, int variant);

/* Whether a clause rules out the first n that are held, with all other controls skipped. */
bool fpli_clauses_rule_out(const fpli_clauses *clauses, int n);

/* Add a clause that rules out what is held now (n of them), so it complies with all of them.
 * may_skip: a flag for each control. may_hold: for each control the set of variants.
 * FPL_E_MEMORY. */
fpl_status fpli_clauses_add(fpli_clauses *clauses, int n, const bool *may_skip,
                            const uint64_t *may_hold);

#endif
