/* Counting by groups: branch, propagate, split what is left into groups that have nothing to say to
 * each other, multiply their counts, and remember the count of a group by all that it depends on.
 * docs/design/0008.
 *
 * One thread. The count does not depend on how much is remembered. A bound on the total of tensions
 * joins everything: such a task is not for here. */
#ifndef FPLI_TALLY_H
#define FPLI_TALLY_H

#include "base/clock.h"
#include "engine/residual.h"

#include <fahrplan/count.h>

typedef struct fpli_tally fpli_tally;

/* search: its task is set to `task`; it, its lanes and the watch are borrowed. memo_bytes: what may
 * be spent on remembering; memo_worth: nodes that a count must have taken to be remembered; 0, for
 * tests: everything is, and plain enumeration is not tried first. What a checkpoint of the watch holds
 * is remembered from the start, and what is worth it is kept there.
 * FPL_E_MEMORY; FPL_E_SYNTAX: the checkpoint does not fit. */
fpl_status fpli_tally_new(const fpli_lanes *lanes, fpli_search *search,
                          const fpli_task *task, fpli_watch *watch, size_t memo_bytes,
                          uint64_t memo_worth, fpli_tally **tally);
void fpli_tally_free(fpli_tally *tally);

/* Split reduced domains (borrowed) into groups; returns how many there are. */
int fpli_tally_begin(fpli_tally *tally, const uint64_t *domains);

/* Flags of the descriptors in a group of the beginning. */
void fpli_tally_scope(const fpli_tally *tally, int group, bool *scope);

/* Whether so many of a group's descriptors act on so many of its tests that it will not fall apart
 * before it is nearly decided: plain enumeration, by many threads, is better there. */
bool fpli_tally_is_dense(const fpli_tally *tally, int group);

/* Count the ways to decide a group of the beginning. *stop: FPL_COMPLETE, or why the count is a lower
 * bound. FPL_E_MEMORY, FPL_E_OVERFLOW. */
fpl_status fpli_tally_group(fpli_tally *tally, int group, fpl_count *count,
                            fpl_stop *stop);

#endif
