/* The parts of a comparison: changes, scenarios, rows and gates, reasons. */
#ifndef FPLI_DOC_COMPARE_H
#define FPLI_DOC_COMPARE_H

#include "output/parts.h"

#include <fahrplan/results.h>

typedef struct fpli_pair_maker {
    fpli_maker side[2]; /* one document, two models */
    const fpl_comparison_view *view;
    bool why; /* people read the reasons */
} fpli_pair_maker;

void fpli_add_changes(const fpli_pair_maker *p, fpl_section *root);
void fpli_add_shifts(const fpli_pair_maker *p, fpl_section *root);
void fpli_add_row_shifts(const fpli_pair_maker *p, fpl_section *root);
void fpli_add_gate_shifts(const fpli_pair_maker *p, fpl_section *root);

/* That n more are not shown. */
void fpli_say_more(const fpli_pair_maker *p, fpl_section *section, size_t n);

/* Reasons for programs and for people: a sentence each, and the judgements that make the difference.
 * side: the model in which the scenario holds; -1: there is none (successions that part). */
fpl_value *fpli_causes(const fpli_pair_maker *p, const fpl_cause *causes, int n,
                       int side);
fpl_value *fpli_reason_value(const fpli_maker *maker, const fpl_reason *reason);
void fpli_say_causes(const fpli_pair_maker *p, fpl_section *section,
                     const fpl_cause *causes, int n, int side);

/* Both reasons of a judgement in one text: once if they are the same. */
const char *fpli_both_reasons(const fpli_pair_maker *p,
                              const fpl_reason *const reason[2]);

#endif
