/* Rows of a roadmap in documents. */
#ifndef FPLI_DOC_ROADMAP_H
#define FPLI_DOC_ROADMAP_H

#include "output/parts.h"

#include <fahrplan/decision.h>
#include <fahrplan/graph.h>

/* Levels: ["L1", "L3"]; "1 . 3 ." with each at its own place; "1-3". */
fpl_value *fpli_level_list(const fpli_maker *maker, fpl_level_set set);
const char *fpli_level_marks(const fpli_maker *maker, fpl_level_set set);
const char *fpli_level_numbers(const fpli_maker *maker, fpl_level_set set);

/* {"CONF": "easing"}: the drivers of a row. */
fpl_value *fpli_row_setting(const fpli_maker *maker, const fpl_roadmap *roadmap,
                            const fpl_row *row);

/* All rows, for programs; the rows for people, those beyond `plausible` in brackets. */
void fpli_list_rows(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap);
void fpli_show_rows(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap, int64_t plausible);

/* A set of variants of a driver: ["easing"], and "easing, entrenched" for people (a dot for all). */
fpl_value *fpli_variant_list(const fpli_maker *maker, int descriptor, uint64_t set);
const char *fpli_variants_words(const fpli_maker *maker, int descriptor, uint64_t set);

/* A condition that can be typed: "CONF=acute and BORD in {calm, strained}"; joined by `word`. Drivers
 * whose set is full or empty say nothing; "" if all are. */
const char *fpli_sets_formula(const fpli_maker *maker, const fpl_roadmap *roadmap,
                              const uint64_t *sets, const char *word);

/* The decision table and the decision tree: doc_decision.c. */
void fpli_add_decision_table(const fpli_maker *maker, fpl_section *section,
                             const fpl_roadmap *roadmap, const fpl_answers *answers,
                             const fpl_decision_table *table);
void fpli_add_decision_tree(const fpli_maker *maker, fpl_section *section,
                            const fpl_roadmap *roadmap, const fpl_answers *answers,
                            const fpl_decision_tree *tree);

/* The present, and what each move of a driver would bring: doc_path.c. */
void fpli_add_present(const fpli_maker *maker, fpl_section *parent,
                      const fpl_roadmap *roadmap, const fpl_graph *graph);

#endif
