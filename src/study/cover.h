/* Choosing the fewest sets that cover all elements. */
#ifndef FPLI_COVER_H
#define FPLI_COVER_H

#include "base/clock.h"

/* Sets are lines of n_words words, a bit for each of n_elements; together they cover all of them. */
typedef struct fpli_cover {
    size_t n_elements, n_sets, n_words;
    const uint64_t *sets;
    const fpli_watch *watch;
    /* results */
    bool *chosen; /* n_sets flags, the caller's memory */
    bool
        is_minimum; /* false: the deadline or a million steps ended the search; the choice covers
                        all, and no set of it can be left out */
} fpli_cover;

/* Exact branch and bound: the element with the fewest sets is covered first; elements that share no
 * set bound what is still needed. Among the smallest choices the same one is always taken.
 * FPL_E_MEMORY. */
fpl_status fpli_cover_solve(fpli_cover *cover);

#endif
