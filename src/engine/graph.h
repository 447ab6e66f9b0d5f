/* Where everything ends that goes somewhere: the cycles of a map of numbers into themselves. */
#ifndef FPLI_GRAPH_H
#define FPLI_GRAPH_H

#include <fahrplan/status.h>

/* n numbers; fill in `next`, then settle. A label is a place on a cycle; the labels of one cycle
 * follow each other. A number has the label of the place with which it falls in step: after t
 * steps, t large enough, it is t places further on. */
typedef struct fpli_graph {
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
} fpli_graph;

fpl_status fpli_graph_new(fpli_graph *graph, uint32_t n);
void fpli_graph_clear(fpli_graph *graph);

/* Bytes that a graph of n numbers takes at most while it is settled. */
uint64_t fpli_graph_need(uint64_t n);

fpl_status fpli_graph_settle(fpli_graph *graph);

/* The label of the next place on the same cycle. */
uint32_t fpli_graph_after(const fpli_graph *graph, uint32_t label);

/* The counts of a label, by steps: *n of them. */
const uint64_t *fpli_graph_counts(const fpli_graph *graph, uint32_t label, size_t *n);

#endif
