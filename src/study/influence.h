/* Influences read off the judgements: who acts on whom, how strongly, in which direction. */
#ifndef FPLI_INFLUENCE_H
#define FPLI_INFLUENCE_H

#include <fahrplan/model.h>

/* Whether i acts on j: some variant of i judges two variants of j differently. */
bool fpli_acts_on(const fpl_model *model, int i, int j);

/* Sum of |C| over the section i -> j, M8.5. */
int64_t fpli_strength(const fpl_model *model, int i, int j);

/* M8.1; 0 unless both are ordered. */
int64_t fpli_lift(const fpl_model *model, int i, int j);

/* The first rival that beats variant b of j in every scenario, -1 if none does; *best: how near b
 * comes to it, < 0. M2.2. */
int fpli_dominating_rival(const fpl_model *model, int j, int b, int64_t *best);

#endif
