/* What the documents of the system share: doc_system.c, doc_loops.c. */
#ifndef FPLI_DOC_SYSTEM_H
#define FPLI_DOC_SYSTEM_H

#include "output/parts.h"

#include <fahrplan/system.h>

/* "CONF → LEVEL → CONF", by ids; closed: the first stands at the end again. */
const char *fpli_chain_words(const fpli_maker *maker, const fpl_chain *chain,
                             bool closed);

/* The ids as a list, for programs. */
fpl_value *fpli_ids_value(const fpli_maker *maker, const uint16_t *descriptors, int n);

/* Loops for programs, all of them; prefer: the table that CSV writes. */
void fpli_list_loops(const fpli_maker *maker, fpl_section *section,
                     const fpl_system *system, bool prefer);

/* Loops for people: numbers by length, the strongest, those that the model names. */
void fpli_show_loops(const fpli_maker *maker, fpl_section *section,
                     const fpl_system *system);
void fpli_show_all_loops(const fpli_maker *maker, fpl_section *section,
                         const fpl_system *system);

#endif
