/* Parts that several results share: scenarios, levels, tableaus, limits. */
#ifndef FPLI_PARTS_H
#define FPLI_PARTS_H

#include "output/words.h"

#include <fahrplan/gates.h>
#include <fahrplan/levers.h>
#include <fahrplan/model.h>
#include <fahrplan/regime.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/scenarios.h>

/* What every maker of a part needs. */
typedef struct fpli_maker {
    fpl_document *document;
    const fpl_model *model;
    const fpl_output_options *words;
} fpli_maker;

/* Begin a document; hand it over if all went well. */
fpl_status fpli_begin(fpli_maker *maker, const char *kind, const fpl_model *model,
                      const fpl_output_options *words, fpl_error *error);
fpl_status fpli_finish(fpli_maker *maker, fpl_document **document, fpl_error *error);

/* Mark the document as partial, with the sentence for it. */
void fpli_stopped(const fpli_maker *maker, fpl_stop stop);

/* Names as people read them: the short one if there is one. */
const char *fpli_descriptor_words(const fpli_maker *maker, int descriptor);
const char *fpli_variant_words(const fpli_maker *maker, int descriptor, int variant);

/* Ids, as programs read them. */
const char *fpli_descriptor_id(const fpli_maker *maker, int descriptor);
const char *fpli_variant_id(const fpli_maker *maker, int descriptor, int variant);

/* Whether z is the start that the model states. */
bool fpli_is_start(const fpli_maker *maker, const uint16_t *z);

/* A scenario: [0, 2, ...] and {"CONF": "easing", ...}. */
fpl_value *fpli_scenario_index(const fpli_maker *maker, const uint16_t *z);
fpl_value *fpli_scenario_variants(const fpli_maker *maker, const uint16_t *z);

/* Judgement points as a value: exact, in the model's denominator. NULL for FPL_INFINITE. */
fpl_value *fpli_points_value(const fpli_maker *maker, int64_t points);

/* The list of scenarios for programs, the tableau for people. query: what was asked (NULL: the
 * consistent ones); it decides which figures are of interest to people. */
void fpli_add_scenarios(const fpli_maker *maker, fpl_section *section,
                        const fpl_scenarios *scenarios, const fpl_query *query);

/* A table for people with a row for each descriptor, still to be filled, and n columns numbered from
 * 1: equal neighbours are joined. heading: a message, what the columns are. */
fpl_table *fpli_tableau(const fpli_maker *maker, fpl_section *section,
                        const char *heading, size_t n);

/* {"CONF": "easing"} of what is fixed. */
fpl_value *fpli_fixings(const fpli_maker *maker, const fpl_fixing *fixed, int n);

/* "Stance open + Pyongyang hoards": names of what is fixed. */
const char *fpli_holding(const fpli_maker *maker, const fpl_fixing *fixed, int n,
                         const char *between);

/* A table for people: n scenarios in columns, numbered from 1. heading: a message. */
void fpli_show_side_by_side(const fpli_maker *maker, fpl_section *section,
                            const char *heading, const uint16_t *const *scenarios,
                            size_t n);

/* "the reason (essay 28, 37; stated)", and its places as a list. reason may be NULL. */
const char *fpli_reason_words(const fpli_maker *maker, const fpl_reason *reason);
fpl_value *fpli_reason_places(const fpli_maker *maker, const fpl_reason *reason);

/* What the model holds. */
void fpli_add_model(const fpli_maker *maker, fpl_section *section);

/* The sign of a status, and its name in the reader's language. */
const char *fpli_legality_sign(const fpli_maker *maker, fpl_legality legality);
const char *fpli_legality_name(const fpli_maker *maker, fpl_legality legality);

/* The name of a grade: the model's, else ours for the usual three, else the id. */
const char *fpli_grade_words(const fpli_maker *maker, const char *id);

/* The ladder, the rows and the gates: doc_ladder.c, doc_roadmap.c. */
void fpli_add_ladder(const fpli_maker *maker, fpl_section *section);
void fpli_add_roadmap(const fpli_maker *maker, fpl_section *section,
                      const fpl_roadmap *roadmap, int64_t plausible);
void fpli_add_gates(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap, const fpl_gate_verdicts *verdicts);

/* The level as people read it: its number, counted from 1. */
const char *fpli_level_number(const fpli_maker *maker, int level);

/* All minimal sets of levers in one line, "none of up to 2", "?" if the search was stopped. */
const char *fpli_lever_sets(const fpli_maker *maker, const fpl_levers *levers, int most);

/* A verdict for programs and for people: doc_verdicts.c. */
const char *fpli_gate_answer_word(fpl_gate_answer answer);
const char *fpli_gate_answer_name(const fpli_maker *maker, fpl_gate_answer answer);

/* "CONF=acute,NEA=crisis": what a scenario changes of the model's start, as options take it. */
const char *fpli_settings(const fpli_maker *maker, const uint16_t *z);

/* The command that explains a scenario of this model. */
const char *fpli_command(const fpli_maker *maker, const char *command, const char *rest);

#endif
