/* Where everything ends that goes somewhere: the cycles of a map of numbers into themselves. */
#ifndef FPLI_ORBITS_H
#define FPLI_ORBITS_H

#include <fahrplan/status.h>

/* n numbers; fill in `next`, then settle. A label is a place on a cycle; the labels of one cycle
 * follow each other. A number has the label of the place with which it falls in step: after t
 * steps, t large enough, it is t places further on. */
typedef struct fpli_orbits {
    uint32_t n;
    uint32_t *next;   /* by number; once settled, the steps until it is on its cycle */
    uint32_t *slot;   /* by number, once settled: where it is counted */
    uint64_t *counts; /* by slot: filled by the caller */
    uint64_t *first_slot;   /* by label, one more: a slot for each number of steps */
    uint32_t *longest;      /* by label: the most steps */
    uint32_t *cycle_first;  /* by label: the first label of its cycle */
    uint32_t *cycle_length; /* by label */
    uint32_t *member;       /* by label: the number that stands there */
    uint32_t n_labels;
    size_t label_capacity[4];
} fpli_orbits;

fpl_status fpli_orbits_new(fpli_orbits *orbits, uint32_t n);
void fpli_orbits_clear(fpli_orbits *orbits);

/* Bytes that orbits of n numbers take at most while they are settled. */
uint64_t fpli_orbits_need(uint64_t n);

fpl_status fpli_orbits_settle(fpli_orbits *orbits);

/* The label of the next place on the same cycle. */
uint32_t fpli_orbits_after(const fpli_orbits *orbits, uint32_t label);

/* The counts of a label, by steps: *n of them. */
const uint64_t *fpli_orbits_counts(const fpli_orbits *orbits, uint32_t label, size_t *n);

#endif
